"""What the check says about what is filled in, in Dutch; the codes are stable."""

from collections.abc import Mapping

from engine.spiff.sentences.wording import Sentence, error, warning

FILLING: Mapping[str, Sentence] = {
    "service_without_type": error(
        "De servicetaak ‘{name}’ heeft geen bewerking. Kies een taak uit de sjablonen."
    ),
    "unknown_service_type": error(
        "De bewerking ‘{type}’ van ‘{name}’ bestaat niet. Kies een taak uit de"
        " sjablonen."
    ),
    "required_input_missing": error(
        "De taak ‘{name}’ heeft voor ‘{type}’ de invoer ‘{input}’ nodig. Vul ze in bij"
        " ‘Inputs’."
    ),
    "bad_retries": error(
        "Het aantal pogingen van ‘{name}’ is ‘{retries}’. Schrijf een getal van 1 tot"
        " {limit}."
    ),
    "message_and_type": error(
        "De verzendtaak ‘{name}’ heeft een bericht en een bewerking. Houd er één over."
    ),
    "send_without_message": error(
        "De verzendtaak ‘{name}’ verzendt niets. Kies een bericht, of een taak uit de"
        " sjablonen."
    ),
    "form_without_id": error(
        "Bij ‘{name}’ is geen formulier gekozen. Kies een formulier van deze bundel,"
        " of verwijder de instelling."
    ),
    "unknown_form": error(
        "Het formulier ‘{form}’ van ‘{name}’ staat niet in deze bundel. Voeg het toe,"
        " of kies een ander."
    ),
    "bad_priority": error(
        "De prioriteit van ‘{name}’ is ‘{priority}’. Schrijf een getal van 0 tot"
        " {limit}."
    ),
    "rule_without_decision": error(
        "De bedrijfsregeltaak ‘{name}’ roept geen beslissing op. Kies een beslissing"
        " van deze bundel."
    ),
    "unknown_decision": error(
        "De beslissing ‘{decision}’ van ‘{name}’ staat niet in deze bundel. Voeg het"
        " DMN-bestand toe, of kies een andere."
    ),
    "no_result_variable": error(
        "Het resultaat van ‘{name}’ gaat nergens heen. Vul de resultaatvariabele in."
    ),
    "script_without_expression": error(
        "De scripttaak ‘{name}’ heeft geen FEEL-expressie. Vul ze in, met een"
        " resultaatvariabele."
    ),
    "call_without_process": error(
        "‘{name}’ roept geen proces op. Vul het id van het proces in."
    ),
    "two_called_processes": error(
        "‘{name}’ noemt twee processen ({first} en {second}). Houd er één over."
    ),
    "called_process_is_expression": error(
        "Het proces dat ‘{name}’ oproept is een expressie. Schrijf een vast id."
    ),
    "unknown_process": warning(
        "Het proces ‘{process}’ dat ‘{name}’ oproept staat niet in deze bundel. Het"
        " moet in gebruik zijn vóór het eerste dossier start."
    ),
    "called_without_start": error(
        "Het proces ‘{process}’ dat ‘{name}’ oproept heeft geen gewone start. Teken er"
        " een."
    ),
    "process_calls_itself": error(
        "Het proces ‘{name}’ roept zichzelf op ({way}) en komt dan nooit tot rust."
        " Teken een lus met een gateway."
    ),
    "loop_on_event_subprocess": error(
        "Het gebeurtenisdeelproces ‘{name}’ kan zich niet herhalen. Verwijder de"
        " herhaling."
    ),
    "loop_without_end": error(
        "De herhaling van ‘{name}’ heeft geen voorwaarde en geen maximum. Vul een van"
        " beide in."
    ),
    "bad_loop_count": error(
        "Het aantal herhalingen van ‘{name}’ is ‘{count}’. Schrijf een getal van"
        " minstens 1."
    ),
    "multi_instance_without_collection": error(
        "De multi-instance ‘{name}’ moet een lijst (‘Input collection’) of een aantal"
        " hebben, niet allebei."
    ),
    "half_output_collection": error(
        "Bij ‘{name}’ zijn niet allebei ingevuld: ‘Output collection’ en ‘Output"
        " element’. Vul ze allebei in, of geen van beide."
    ),
    "mapping_without_target": error(
        "Een regel bij ‘Inputs’ of ‘Outputs’ van ‘{name}’ heeft geen naam. Vul ze in,"
        " of verwijder de regel."
    ),
    "mapping_without_source": error(
        "De regel ‘{target}’ bij ‘Inputs’ of ‘Outputs’ van ‘{name}’ heeft geen waarde."
        " Vul ze in, of verwijder de regel."
    ),
    "bad_variable_name": error(
        "‘{variable}’ bij ‘{name}’ is geen goede naam voor een variabele. Begin met"
        " een letter; gebruik letters, cijfers en lage streepjes, maar geen woord van"
        " FEEL zoals ‘if’."
    ),
    "bad_feel": error(
        "‘{name}’: de expressie bij {what} is fout op regel {line}, kolom {column}:"
        " {reason}"
    ),
    "bad_time": error("‘{name}’: ‘{text}’ is geen bruikbare {what}: {reason}"),
    "variable_never_set": warning(
        "De voorwaarde van ‘{name}’ gebruikt ‘{variable}’, maar geen formulier, taak"
        " of uitvoer vult die variabele in; ze is dan leeg.{hint} Wordt ze bij de"
        " start meegegeven, noem ze dan bij het proces in de eigenschap ‘variables’."
    ),
    "message_flow_sends_nothing": warning(
        "De berichtpijl ‘{name}’ vertrekt uit een onderdeel dat geen bericht verzendt;"
        " er gebeurt niets. Gebruik een verzendtaak of een berichtgebeurtenis."
    ),
    "message_flow_received_by_none": warning(
        "De berichtpijl ‘{name}’ komt aan in een onderdeel dat geen bericht ontvangt;"
        " er gebeurt niets. Gebruik een ontvangsttaak of een berichtgebeurtenis."
    ),
}
