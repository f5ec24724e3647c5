"""Steering a case from its page: who may, and that a step is seen there."""


def test_only_the_head_of_service_steers_and_sees_the_case_held(city):
    number = city.offer().number
    address = f"/dossiers/{number}/verloop/opschorten"

    refused = city.client("bram.claes").post(address, data={"reason": "x"})
    head = city.client("chris.maes")
    held = head.post(address, data={"reason": "Wacht op stuk"}, follow_redirects=True)

    assert refused.status_code == 403
    assert "Dit dossier is opgeschort" in held.text
    assert "verloop/hervatten" in held.text
