"""The witness: a second engine, naive on purpose, written from the contract and from law.md alone.

It shares nothing with `mespoints.law`: own days, own replay, own readings. It is only ever given cases that the contract
accepts. Where the contract left a doubt a choice was made; a disagreement with the engine is judged against this list.

Doubts
------
Groups and points
 1. A cancelled offence, or one on a vehicle that needs no licence, uses up nothing of the cap but still links its group
    (a-x-b with x cancelled: a and b stay simultaneous). A link is known with the offence that states it, even when its
    target is not known yet: two known offences that both name an unknown third are simultaneous.
 2. A member not yet established interrupts, whatever the cap has left: (c) says that it blocks.
 3. The drugs-and-alcohol offence is one of nine points committed from 2025-07-11.
 4. Before 2003-06-13: a contravention takes four at most, even alone; a group six, eight once a délit is among those
    established.
 5. From 2003-06-13 a single offence takes what the case says (no cap of six on a contravention of seven points).
 6. A different offence committed and established on the very day a window opens does not block (law.md Q20, "established
    by"); one committed that day and established later does.
Returns of points
 7. Single-point and ten-year returns that fall due at the ceiling are spent, without a movement (as (e) says of full
    restorations).
 8. Whatever is of one kind and one day (withdrawals, returns, courses, licences) is taken by id.
 9. "Last established" on one day = the greatest id; only offences that really took points.
10. (f) An offence committed after the due day of a held restoration and not established before the end of probation does
    not hold it back.
Courses
11. A course credits nothing before a first withdrawal stands on the current licence (law.md 3.4: "before the withdrawal
    exists it gives nothing"): an account left at six to ten by a probation that an unestablished offence spoilt is not
    lifted.
12. `course`: given later facts count (future losses, licences, closings); at equal effective day a given course comes
    before the hypothetical one. `points` is 0 when `first_useful_day` is null.
13. `last_useful_day`: null when the account is at or below zero on the first useful effective day (unknown 48SI); else the
    end of the unbroken run of useful days, whatever ends it (a due return, a given course, a given closing), as a given day
    is a known limit.
Licences and closings
14. An offence falls on the licence last obtained by its day of commission, even if that licence is closed (then it takes
    nothing), and even if another is obtained before it is established.
15. A licence replaced while alive (p) stops there: no movement, no closing.
16. Offence committed and established on the day of a new licence: withdrawn after `initial`.
17. A licence obtained before 1992-12-01: status `none`, account 0 until that day; a second one as early opens after the
    first, that same day.
18. Post-licence training is known from its own day under `known_on`; it is not a day K of `revoked`.
19. A 48SI or an annulment on a licence already closed, or before any licence is alive, raises nothing.
Obligations
20. `cause`: the target offence for the two `mandatory_course` kinds, the event itself for `check_record`.
21. `mandatory_course` falls with the cancellation of its target; it outlives closing and new licence; a course ending on
    the very day of notification does not count ("after it"); `overdue` = as_of later than due_on.
22. `mandatory_course_expected`: three points really taken, from the establishment, whatever became of the licence, until
    notified or until a mandatory course ends after the establishment.
23. `new_licence_from`: first surrender on or after the loss and up to as_of; losses are invalidations only; "within five
    years" excludes the anniversary; the year instead of six months only when the second loss is of 2003-06-13 or later
    (law.md 4.1); null once a new licence is held.
Knowledge
24. `revoked`: a return is the same when day and rule (and the offence, for single-point and ten-year returns) are the
    same, whatever the licence; `undone_on` is the last K whose eve still gave it; `cause` may be any fact known on K.
25. `revoked` is told without `known_on` too, with K possibly later than as_of.
26. `situations` holds each day once.
"""

from __future__ import annotations

from tests.law.witness.answer import evaluate

__all__ = ["evaluate"]
