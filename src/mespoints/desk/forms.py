"""What is typed on the desk, read: days and sources. Whether it holds together is judged by the doors of ``feed``."""

from django import forms

from mespoints.register.sources import Source

DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
NOT_A_DAY = "Ce n’est pas un jour du calendrier. Attendu : jour/mois/année, par exemple 23/11/2026."
NO_DAY = "Il manque un jour : jour/mois/année, par exemple 23/11/2026."
NO_SUCH_SOURCE = "Cette source n’existe pas : prenez-en une de la liste."
NO_SENTENCE = "Il manque la phrase pour le public : dites ce qui manque, et quand cela reviendra."


def day(*, is_required: bool) -> forms.DateField:
    return forms.DateField(
        required=is_required, input_formats=DAY_FORMATS, error_messages={"required": NO_DAY, "invalid": NOT_A_DAY}
    )


class DeclareForm(forms.Form):
    source = forms.TypedChoiceField(
        required=False,
        choices=[("", ""), *((str(each), str(each)) for each in Source)],
        coerce=Source,
        empty_value=None,
        error_messages={"invalid_choice": NO_SUCH_SOURCE},
    )
    first_day = day(is_required=True)
    last_day = day(is_required=False)
    sentence = forms.CharField(validators=[], error_messages={"required": NO_SENTENCE})


class CloseForm(forms.Form):
    last_day = day(is_required=True)


def faults(form: forms.Form) -> dict[str, str]:
    """The first fault of each field."""
    return {name: str(said[0]) for name, said in form.errors.items()}


def typed(form: forms.Form) -> dict[str, str]:
    """As it was typed, to be given back."""
    return {name: str(form.data.get(name, "")) for name in form.fields}
