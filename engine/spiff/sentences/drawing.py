"""What the check says about what is drawn, in Dutch; the codes are stable."""

from collections.abc import Mapping

from engine.spiff.sentences.wording import Sentence, error, warning

DRAWING: Mapping[str, Sentence] = {
    "not_bpmn": error(
        "Dit bestand is geen BPMN 2.0-diagram. Bewaar het opnieuw vanuit de"
        " procestekenaar."
    ),
    "unknown_file_type": error(
        "Van het bestand ‘{name}’ is het soort niet bekend. Een bundel bestaat uit"
        " .bpmn-, .dmn- en .form-bestanden."
    ),
    "double_process": error(
        "Het proces ‘{process}’ staat ook in {other}. Verwijder er een, of geef het"
        " een ander id."
    ),
    "double_form": error(
        "Het formulier ‘{form}’ staat twee keer in de bundel. Verwijder er een, of"
        " geef het een ander id."
    ),
    "form_without_key": error(
        "Het formulier in {name} heeft geen id. Geef het een id, zodat taken ernaar"
        " kunnen verwijzen."
    ),
    "more_findings": error(
        "Dit bestand heeft meer dan {count} bevindingen; hier staan de eerste. Los ze"
        " op en controleer opnieuw."
    ),
    "no_executable_process": error(
        "In dit bestand staat geen uitvoerbaar proces. Zet bij het proces ‘Executable’"
        " aan."
    ),
    "unknown_element": error(
        "‘{name}’ bevat een onbekend onderdeel ({construct}). Verwijder het en teken"
        " het opnieuw."
    ),
    "unsupported_element": error(
        "‘{name}’: {construct} wordt niet uitgevoerd. {advice}"
    ),
    "misplaced_element": error(
        "‘{name}’: het onderdeel {construct} hoort niet thuis in {holder}. Verwijder"
        " het daar."
    ),
    "unknown_attribute": error(
        "‘{name}’ heeft een onbekend kenmerk {attribute} ({construct}). Verwijder het."
    ),
    "unsupported_attribute": error(
        "‘{name}’: het kenmerk {attribute} van {construct} wordt niet uitgevoerd. Maak"
        " dit veld leeg."
    ),
    "empty_expression": error(
        "‘{name}’: bij {attribute} ({construct}) staat een lege expressie. Vul ze in,"
        " of maak het veld leeg."
    ),
    "unsupported_value": error(
        "‘{name}’: de waarde ‘{value}’ van {attribute} wordt niet uitgevoerd. Laat dit"
        " veld op de standaardwaarde staan."
    ),
    "foreign_dialect": error(
        "‘{name}’ gebruikt {construct} van een andere procesmotor ({space}). Teken dit"
        " onderdeel opnieuw met de velden van het eigenschappenpaneel."
    ),
    "unknown_namespace": warning(
        "Dit bestand bevat toevoegingen van een ander programma ({space}, het eerst"
        " {construct}). Ze hebben geen effect."
    ),
    "missing_id": error(
        "Een onderdeel van het soort {construct} heeft geen id. Geef het een id."
    ),
    "duplicate_id": error(
        "Het id ‘{id}’ komt meer dan eens voor. Geef elk onderdeel een eigen id."
    ),
    "reserved_id": error(
        "Het id ‘{id}’ eindigt op een stuk dat de motor zelf gebruikt. Kies een ander"
        " id."
    ),
    "unknown_process_ref": error(
        "De pool ‘{name}’ verwijst naar een proces dat er niet is ({ref}). Teken de"
        " pool opnieuw."
    ),
    "dangling_flow": error(
        "De pijl ‘{name}’ hangt los: het {end} ({ref}) bestaat niet. Verbind hem, of"
        " verwijder hem."
    ),
    "flow_crosses_scope": error(
        "De pijl ‘{name}’ gaat over de rand van een deelproces of pool ({end}: {ref})."
        " Laat hem vertrekken en aankomen op dezelfde hoogte."
    ),
    "flow_at_handler": error(
        "De pijl ‘{name}’ raakt ‘{node}’, dat niet via pijlen loopt. Verwijder de pijl."
    ),
    "flow_into_event": error(
        "De pijl ‘{name}’ komt aan in de gebeurtenis ‘{node}’, die niets kan"
        " ontvangen. Laat hem elders aankomen."
    ),
    "flow_out_of_end": error(
        "De pijl ‘{name}’ vertrekt uit een eindgebeurtenis. Verwijder hem, of maak er"
        " een tussengebeurtenis van."
    ),
    "flow_at_link": error(
        "De koppeling ‘{name}’ heeft een pijl aan de verkeerde kant. Een vertrekpunt"
        " heeft alleen een pijl erin, een aankomstpunt alleen een pijl eruit."
    ),
    "link_without_name": error(
        "De koppeling ‘{name}’ heeft geen naam. Geef het vertrek- en het aankomstpunt"
        " dezelfde naam."
    ),
    "double_link": error(
        "Er zijn twee aankomstpunten voor de koppeling ‘{link}’. Houd er één over."
    ),
    "link_without_target": error(
        "De koppeling ‘{link}’ heeft geen aankomstpunt in hetzelfde proces of"
        " deelproces. Teken het, of geef het dezelfde naam."
    ),
    "several_plain_starts": error(
        "‘{name}’ is een tweede gewone start, naast ‘{first}’. Houd er één over en"
        " splits daarna."
    ),
    "event_start_in_subprocess": error(
        "Het deelproces begint met de gebeurtenis ‘{name}’. Een deelproces begint met"
        " een gewone start."
    ),
    "event_subprocess_start": error(
        "Het gebeurtenisdeelproces ‘{name}’ moet precies één start hebben, met precies"
        " één gebeurtenis."
    ),
    "empty_scope": error("‘{name}’ is leeg. Teken er minstens één taak in."),
    "unreachable": error(
        "‘{name}’ kan nooit bereikt worden. Teken er een pijl naartoe, of verwijder"
        " het."
    ),
    "data_store_flow": error(
        "‘{name}’ is verbonden met een gegevensopslag; dat wordt niet uitgevoerd."
        " Verwijder de verbinding, of gebruik een taak die de gegevens bewaart."
    ),
    "compensation_without_handler": error(
        "De ongedaanmaking ‘{name}’ moet met een stippellijn naar precies één taak"
        " wijzen die als ongedaanmaking gemarkeerd is."
    ),
    "handler_without_boundary": error(
        "‘{name}’ maakt iets ongedaan, maar geen enkele taak wijst ernaar. Verbind het"
        " met de ongedaanmaking van een taak."
    ),
    "unknown_default": error(
        "De standaardpijl van ‘{name}’ ({ref}) vertrekt er niet. Kies een andere"
        " standaardpijl."
    ),
    "default_with_condition": error(
        "De standaardpijl ‘{name}’ heeft een voorwaarde, maar die telt niet. Verwijder"
        " de voorwaarde, of kies een andere standaardpijl."
    ),
    "default_without_choice": error(
        "‘{name}’ heeft een standaardpijl, maar geen enkele andere pijl heeft een"
        " voorwaarde. Geef de andere pijlen een voorwaarde."
    ),
    "empty_condition": error(
        "De voorwaarde van ‘{name}’ is leeg. Vul ze in, of verwijder ze."
    ),
    "condition_after_parallel": error(
        "De pijl ‘{name}’ heeft een voorwaarde, maar een parallelle gateway volgt"
        " altijd alle pijlen. Gebruik een inclusieve gateway, of verwijder de"
        " voorwaarde."
    ),
    "condition_after_event_gateway": error(
        "De pijl ‘{name}’ vertrekt uit een gateway op gebeurtenissen en kan geen"
        " voorwaarde hebben. Verwijder ze."
    ),
    "flow_without_condition": error(
        "De pijl ‘{name}’ heeft geen voorwaarde en is niet de standaardpijl. Geef hem"
        " een voorwaarde, of maak hem de standaardpijl."
    ),
    "assumed_default": warning(
        "De pijl ‘{name}’ heeft geen voorwaarde en geldt daarom als standaardpijl."
        " Maak hem uitdrukkelijk de standaardpijl."
    ),
    "gateway_without_default": warning(
        "De gateway ‘{name}’ heeft geen standaardpijl. Als geen enkele voorwaarde waar"
        " is, stopt het dossier met een incident. Kies een standaardpijl."
    ),
    "task_without_default": warning(
        "Achter ‘{name}’ heeft elke pijl een voorwaarde. Als er geen waar is, eindigt"
        " deze tak. Kies een standaardpijl als dat niet de bedoeling is."
    ),
    "event_gateway_without_events": error(
        "De gateway ‘{name}’ wacht op niets. Teken er gebeurtenissen achter."
    ),
    "event_gateway_target": error(
        "Achter de gateway ‘{gateway}’ staat ‘{name}’, dat niet op een gebeurtenis"
        " wacht. Zet er een wachtende gebeurtenis of een ontvangsttaak."
    ),
    "event_gateway_target_shared": error(
        "In ‘{name}’ komt niet alleen de gateway ‘{gateway}’ aan. Geef de gateway"
        " eigen gebeurtenissen."
    ),
    "unknown_event_reference": error(
        "‘{name}’ verwijst naar een gebeurtenis die niet in dit bestand staat. Stel de"
        " gebeurtenis opnieuw in."
    ),
    "catches_nothing": error(
        "De gebeurtenis ‘{name}’ wacht op niets. Kies een bericht, een timer of een"
        " andere gebeurtenis."
    ),
    "event_not_allowed": error(
        "Een gebeurtenis van het soort {kind} kan niet op de plaats van ‘{name}’. Kies"
        " een ander soort."
    ),
    "events_not_combinable": error(
        "De gebeurtenis ‘{name}’ combineert soorten die niet samen kunnen. Teken er"
        " afzonderlijke gebeurtenissen van."
    ),
    "handler_start_only": error(
        "Een start van het soort {kind} (‘{name}’) kan alleen in een"
        " gebeurtenisdeelproces staan."
    ),
    "error_interrupts": error(
        "Een fout onderbreekt altijd. Zet bij ‘{name}’ het onderbreken aan."
    ),
    "cancel_outside_transaction": error(
        "De annulering ‘{name}’ kan alleen in een transactie staan."
    ),
    "cancel_needs_transaction": error(
        "De annulering ‘{name}’ hoort op de rand van een transactie en onderbreekt die"
        " altijd."
    ),
    "message_missing": error(
        "Bij ‘{name}’ is geen bestaand bericht gekozen ({ref}). Kies een bericht, of"
        " maak er een."
    ),
    "signal_missing": error(
        "Bij ‘{name}’ is geen bestaand signaal gekozen ({ref}). Kies een signaal, of"
        " maak er een."
    ),
    "error_missing": error(
        "Bij ‘{name}’ is geen bestaande fout gekozen ({ref}). Kies een fout, of maak"
        " er een."
    ),
    "escalation_missing": error(
        "Bij ‘{name}’ is geen bestaande escalatie gekozen ({ref}). Kies een escalatie,"
        " of maak er een."
    ),
    "error_without_code": error(
        "De fout van ‘{name}’ ({ref}) heeft geen code. Geef haar een code."
    ),
    "escalation_without_code": error(
        "De escalatie van ‘{name}’ ({ref}) heeft geen code. Geef haar een code."
    ),
    "declaration_without_name": error(
        "Een gebruikt bericht of signaal ({id}) heeft geen naam. Geef het een naam."
    ),
    "code_is_expression": error(
        "De code van ‘{name}’ is een expressie. Schrijf een vaste code."
    ),
    "start_name_is_expression": error(
        "De start ‘{name}’ wacht op een bericht waarvan de naam een expressie is. Bij"
        " een start moet de naam vast zijn."
    ),
    "start_needs_all": error(
        "De start ‘{name}’ wacht op verschillende gebeurtenissen samen; een start"
        " begint bij de eerste. Zet ‘Parallel multiple’ uit."
    ),
    "message_without_key": warning(
        "Het bericht ‘{name}’ heeft geen correlatiesleutel: elk dossier dat erop wacht"
        " kan het krijgen. Vul bij ‘Subscription correlation key’ bijvoorbeeld"
        " =case_number in."
    ),
    "timer_needs_one_time": error(
        "De timer ‘{name}’ moet precies één tijd hebben: een datum, een duur of een"
        " herhaling."
    ),
    "cycle_not_allowed": error(
        "De timer ‘{name}’ kan zich niet herhalen, want hij loopt maar één keer af."
        " Gebruik een duur, of een gebeurtenis die niet onderbreekt."
    ),
    "compensates_nothing": error(
        "‘{name}’ maakt een taak ongedaan die er niet is ({ref}). Kies een taak van"
        " hetzelfde proces of deelproces."
    ),
    "boundary_without_host": error(
        "De randgebeurtenis ‘{name}’ hangt niet aan een taak of deelproces. Sleep haar"
        " op een rand."
    ),
    "boundary_on_handler": error(
        "De randgebeurtenis ‘{name}’ hangt aan een onderdeel dat iets ongedaan maakt"
        " of op een gebeurtenis start; daar wordt ze niet uitgevoerd. Verwijder haar."
    ),
}
