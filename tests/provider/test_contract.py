import pytest

from cases.provider.contract import Contract


def test_the_kinds_are_named_as_the_wire_names_them() -> None:
    kinds = {kind.name: (kind.information_key, kind.report) for kind in Contract().kinds}
    assert kinds == {
        "json": ("jsonData", ""),
        "aml": ("aml-report", "aml"),
        "certificate_of_registration": (
            "certificate-of-registration-report",
            "certificate_of_registration",
        ),
    }


@pytest.mark.parametrize(
    ("reports", "expands", "kinds"),
    [
        ((), (), ("json",)),
        (("aml",), (), ("json", "aml")),
        ((), ("links.reports.aml",), ("json", "aml")),
        (("certificate_of_registration",), ("address",), ("json", "certificate_of_registration")),
        (
            ("aml",),
            ("links.reports.certificate_of_incorporation",),
            ("json", "aml", "certificate_of_registration"),
        ),
    ],
)
def test_an_order_brings_a_report_by_its_word_or_by_an_element(reports, expands, kinds) -> None:
    assert Contract().ordered_kinds(reports, expands) == kinds


def test_a_field_can_be_overridden_and_the_rest_stays() -> None:
    changed = Contract().overridden(
        {"aml_key": "amlReport", "countries": ["no", "is"], "lifetime_seconds": 3600}
    )
    assert changed.kind("aml").information_key == "amlReport"
    assert changed.countries == ("no", "is")
    assert changed.lifetime.total_seconds() == 3600
    assert changed.json_key == Contract().json_key


@pytest.mark.parametrize(
    ("override", "named"),
    [
        ({"aml_kye": "x"}, "aml_kye"),
        ({"aml_key": ""}, "aml_key"),
        ({"aml_key": 5}, "aml_key"),
        ({"countries": "no"}, "countries"),
        ({"countries": [1]}, "countries"),
        ({"lifetime_seconds": 0}, "lifetime_seconds"),
        ({"lifetime_seconds": True}, "lifetime_seconds"),
        ({"json_path": "/sessions/json"}, "json_path"),
        ({"json_path": "/sessions/{sesion}/json"}, "json_path"),
        ({"json_path": "/sessions/{session.__class__}/json"}, "json_path"),
        ({"json_path": "/sessions/{session"}, "json_path"),
        ({"json_path": "sessions/{session}"}, "json_path"),
    ],
)
def test_a_wrong_override_is_refused_by_name(override: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=f"'{named}'"):
        Contract().overridden(override)
