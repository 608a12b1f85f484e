"""What of a result a case is found by, wherever it stands."""

from cases.provider.result.names import searched
from cases.provider.result.parsing import parse_json


def test_names_and_numbers_are_found_in_every_form_in_which_they_are_read() -> None:
    for text, found in {
        '{"name": "A", "x": [{"organization_number": "1"}, {"y": {"DunsNumber": "2"}}]}': ["A", "1", "2"],
        '{"name": "A", "name": "B"}': ["A", "B"],
        '{"name": {"name": "A"}, "name": "B"}': ["B", "A"],
        '{"name": ["A"], "reason": "A", "number": "1"}': [],
        '{"organizationNumber": 987654321}': ["987654321"],
        '{"organizationNumber": 987654321.0, "dunsNumber": 1e8}': ["987654321", "100000000"],
        '{"name": true, "leiNumber": null, "dunsNumber": ""}': [],
        '{"keyInformation": {"lei": "5967007LIEEXZX57BC18"}}': ["5967007LIEEXZX57BC18"],
        '{"LEI": "A", "leiNumber": "B"}': ["A", "B"],
        '{"x": {"firstName": "Kari", "lastName": "Nordmann"}}': ["Kari Nordmann"],
        '{"last_name": "Nordmann", "FirstName": "Kari", "name": " "}': ["Kari Nordmann"],
        '{"firstName": "Kari", "firstName": "Karin", "lastName": "Nordmann"}': ["Kari Karin Nordmann"],
        '{"firstName": "Kari", "lastName": "Nordmann", "name": "Kari N."}': ["Kari N."],
    }.items():
        assert [*searched(parse_json(text.encode()))] == found, text
