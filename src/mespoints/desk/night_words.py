"""A report in French sentences: the same on the page of the desk and in the terminal."""

from dataclasses import dataclass

from mespoints.desk.night_report import FileOutcome, NightFile, NightOutcome, NightReport, NightStep
from mespoints.desk.wording import agreed, counted, duration, figure, moment
from mespoints.law.texts.sentences import in_words

STEPS = {
    NightStep.RECEIVE: "Relever le dossier de dépôt",
    NightStep.ENTER: "Faire entrer les fichiers",
    NightStep.ANCHOR: "Ancrer ce qui est entré",
    NightStep.REFRESH: "Recalculer les situations",
    NightStep.SEND: "Envoyer les messages",
    NightStep.RECONCILE: "Rapprocher les soldes",
    NightStep.PAPERS: "Effacer les papiers et les partages terminés",
    NightStep.TRACES: "Sceller les traces de consultation",
}

OUTCOMES = {
    NightOutcome.RUNNING: "En cours",
    NightOutcome.DONE: "Terminée",
    NightOutcome.TO_ATTEND: "À regarder",
    NightOutcome.STOPPED: "Arrêtée",
    NightOutcome.INTERRUPTED: "Interrompue",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    sentences: tuple[str, ...]


def summary(report: NightReport) -> str:
    """One sentence that says whether to read on."""
    match report.outcome:
        case NightOutcome.RUNNING:
            return f"La nuit est en cours depuis le {moment(report.started_at)}."
        case NightOutcome.DONE:
            return f"Tout s’est bien passé, en {duration(report.seconds)}."
        case NightOutcome.TO_ATTEND:
            return f"La nuit est allée au bout en {duration(report.seconds)}. À regarder : {', '.join(concerns(report))}."
        case NightOutcome.STOPPED:
            return "La nuit s’est arrêtée en route. Ce qui était fait est gardé ; la prochaine reprendra le reste."
        case NightOutcome.INTERRUPTED:
            return (
                "La nuit a été interrompue sans pouvoir le dire : programme tué ou machine arrêtée. "
                "Ce qui était fait est gardé ; la prochaine reprendra le reste."
            )


def concerns(report: NightReport) -> list[str]:
    """What someone has to look at, each in a few words; empty when there is nothing."""
    refused = sum(file.outcome is FileOutcome.REFUSED for file in report.files)
    waiting = sum(file.outcome is FileOutcome.WAITING for file in report.files)
    found = (
        (refused, counted(refused, "fichier refusé")),
        (waiting, counted(waiting, "fichier en attente", "fichiers en attente")),
        (report.rows_refused, counted(report.rows_refused, "ligne en quarantaine", "lignes en quarantaine")),
        (report.balances_differing, counted(report.balances_differing, "solde qui diffère", "soldes qui diffèrent")),
        (report.messages_abandoned, counted(report.messages_abandoned, "message abandonné")),
        (len(report.failures), counted(len(report.failures), "chose à faire", "choses à faire")),
    )
    return [words for number, words in found if number]


def sections(report: NightReport) -> tuple[Section, ...]:
    return (
        Section(title="Fichiers", sentences=_files(report)),
        Section(title="Dossiers", sentences=_records(report)),
        Section(title="Messages", sentences=(_messages(report),)),
        Section(title="Rapprochement", sentences=(_reconciliation(report),)),
        Section(title="Papiers et partages", sentences=(_erased(report),)),
        Section(title="Ancre du registre", sentences=(report.anchor or "Rien n’est encore entré.",)),
    )


def plain(report: NightReport) -> str:
    """For a terminal."""
    lines = [f"Nuit du {moment(report.started_at)}", summary(report)]
    for section in sections(report):
        lines += ["", section.title, *(f"  {sentence}" for sentence in section.sentences)]
    if report.failures:
        lines += ["", "À faire", *(f"  {sentence}" for sentence in report.failures)]
    lines += ["", "Durées", *(f"  {STEPS[each.step]} : {duration(each.seconds)}" for each in report.steps)]
    return "\n".join(lines)


def file_sentence(file: NightFile) -> str:
    match file.outcome:
        case FileOutcome.ENTERED if file.rows_read == 0:
            return "Vide : rien de neuf ce jour-là."
        case FileOutcome.ENTERED:
            parts = [counted(file.rows_read, "ligne lue"), counted(file.rows_entered, "entrée")]
            if file.rows_known:
                parts.append(counted(file.rows_known, "déjà connue", "déjà connues"))
            if file.rows_refused:
                parts.append(f"{figure(file.rows_refused)} en quarantaine")
            return ", ".join(parts) + "."
        case FileOutcome.REFUSED | FileOutcome.WAITING:
            return file.sentence or ""


def file_title(file: NightFile) -> str:
    if file.data_day is None:
        return file.name
    return f"N° {file.sequence}, données du {in_words(file.data_day)}"


def also(report: NightReport) -> tuple[str, ...]:
    """Of files and rows beside those of the night."""
    told = []
    if report.files_known:
        already = agreed(report.files_known, "était déjà entré", "étaient déjà entrés")
        told.append(f"{counted(report.files_known, 'fichier')} du dossier de dépôt {already}.")
    if report.rows_back:
        entered = agreed(report.rows_back, "est entrée", "sont entrées")
        told.append(f"{counted(report.rows_back, 'ligne')} de la quarantaine {entered}.")
    return tuple(told)


def _files(report: NightReport) -> tuple[str, ...]:
    told = tuple(f"{file_title(file)} : {file_sentence(file)}" for file in report.files)
    return (*(told or ("Aucun nouveau fichier.",)), *also(report))


def _records(report: NightReport) -> tuple[str, ...]:
    looked_at = report.touched + report.due
    if not looked_at:
        return ("Aucun dossier à recalculer : aucune écriture nouvelle, aucune échéance venue.",)
    whom = f"{counted(looked_at, 'dossier recalculé')} au {in_words(report.today)} : "
    whom += f"{figure(report.touched)} pour une écriture nouvelle, {figure(report.due)} pour une échéance venue."
    what = []
    if report.first_seen:
        what.append(f"{counted(report.first_seen, 'dossier')} {agreed(report.first_seen, 'vu', 'vus')} pour la première fois")
    what.append(
        f"{counted(report.changed, 'dossier')} {agreed(report.changed, 'a', 'ont')} changé de solde ou de situation"
        if report.changed
        else "aucun autre dossier n’a changé de solde ni de situation"
        if report.first_seen
        else "aucun dossier n’a changé de solde ni de situation"
    )
    sentence = ", ".join(what) + "."
    return whom, sentence[0].upper() + sentence[1:]


def _messages(report: NightReport) -> str:
    if not report.messages_sent + report.messages_postponed + report.messages_abandoned:
        return "Aucun message en attente."
    parts = [counted(report.messages_sent, "message envoyé")]
    if report.messages_postponed:
        parts.append(f"{figure(report.messages_postponed)} remis à plus tard")
    if report.messages_abandoned:
        parts.append(counted(report.messages_abandoned, "abandonné"))
    return ", ".join(parts) + "."


def _reconciliation(report: NightReport) -> str:
    if not report.balances_compared:
        return "Aucun solde annoncé par la source à comparer au nôtre."
    compared = f"{counted(report.balances_compared, 'solde annoncé')} par la source, "
    remarks = []
    if report.balances_differing:
        differing = agreed(report.balances_differing, "diffère du nôtre", "diffèrent des nôtres")
        remarks.append(f"dont {figure(report.balances_differing)} {differing}")
    if report.balances_unknown:
        remarks.append(f"{figure(report.balances_unknown)} pour un dossier que le registre ne connaît pas")
    if not remarks:
        remarks.append(agreed(report.balances_compared, "égal au nôtre", "tous égaux aux nôtres"))
    return compared + ", ".join(remarks) + "."


def _erased(report: NightReport) -> str:
    if not report.papers_erased + report.shares_erased:
        return "Rien n’était à effacer."
    papers = counted(report.papers_erased, "papier arrivé au bout de sa vie", "papiers arrivés au bout de leur vie")
    shares = counted(report.shares_erased, "partage terminé depuis six mois", "partages terminés depuis six mois")
    return f"Effacés : {papers}, {shares}."
