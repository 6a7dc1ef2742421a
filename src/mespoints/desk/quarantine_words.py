"""What became of rows, in French sentences: the same on the page of the desk and in the terminal."""

from mespoints.desk.wording import counted
from mespoints.feed.quarantine import Replay


def replayed(done: Replay) -> str:
    """Read = entered + known + refused, in words."""
    if not done.rows_read:
        return "Aucune ligne corrigée n’attendait d’entrer."
    parts = [counted(done.rows_entered, "entrée")]
    if done.rows_known:
        parts.append(counted(done.rows_known, "déjà connue", "déjà connues"))
    if done.rows_refused:
        parts.append(
            counted(
                done.rows_refused,
                "refusée de nouveau, qui attend pour son nouveau motif",
                "refusées de nouveau, qui attendent pour leur nouveau motif",
            )
        )
    return f"{counted(done.rows_read, 'ligne relue')} : {', '.join(parts)}."
