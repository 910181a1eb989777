"""A plan as one record, and the memory of the commander who follows it.

A plan is phases and tasks.  A task tells one node (a unit, corps or army) what to do where, when to
begin and when it is done; both moments are expressions over what the side can see, in the form "or"
of "and" of conditions: an expression is a row of clauses, a clause a row of conditions.

The commander's memory (MIND) is part of the run, not of the plan: two runs share a plan.
"""

import numpy as np

from tairiku.sim.layout import NODES

TASKS = 1536
WHOS = 384
PHASES = 8
CLAUSES = 3072
CONDITIONS = 6144
AIR_LINES = 64

# kinds of conditions (text form in docs/plans.md)
CONDITION_NAMES = (
    "always",
    "phase",  # phase:ID                is open
    "since",  # since:ID>=N             days since it opened
    "held",  # held:PLACE              own side holds it
    "lost",  # lost:PLACE              the enemy holds it
    "done",  # done:WHO/STEP
    "begun",  # begun:WHO/STEP
    "days",  # days>=N                 since the present task began
    "fought",  # fought>=N               days of fighting in the present task
    "loss",  # loss>=X                 battle casualties over the men of its beginning
    "turned",  # way back threatened
    "ringed",  # encircled
    "fill",  # fill>=X or fill:NODE>=X strength over that of the first morning
    "rounds",  # rounds>=X or rounds:NODE>=X ammunition in hand
    "there",  # there>=X                share of the men near the task's place
    "close",  # close:PLACE<=KM         mean distance from a place
    "threat",  # threat:PLACE:KM>=MEN    enemy believed within so many km
    "besieged",  # besieged:PLACE>=DAYS    a city is invested
    "stock",  # stock:DEPOT:STORE>=T    tonnes in an own depot
    "at",  # at:NODE:PLACE>=X        share of a formation's men near a place
    "guns",  # guns:NODE:PLACE>=X      share of a formation's guns near a place
    "bridge",  # bridge:ID>=PERMILLE
    "day",  # day>=N                  day of the campaign, set by an order given before
    "stores",  # stores:PLACE:KM:STORE>=T tonnes in own depots within so many km of a place
    "men",  # men:NODE>=N             present under a node
)
(
    C_ALWAYS,
    C_PHASE,
    C_SINCE,
    C_HELD,
    C_LOST,
    C_DONE,
    C_BEGUN,
    C_DAYS,
    C_FOUGHT,
    C_LOSS,
    C_TURNED,
    C_RINGED,
    C_FILL,
    C_ROUNDS,
    C_THERE,
    C_CLOSE,
    C_THREAT,
    C_BESIEGED,
    C_STOCK,
    C_AT,
    C_GUNS,
    C_BRIDGE,
    C_DAY,
    C_STORES,
    C_MEN,
) = range(len(CONDITION_NAMES))

# numbers a plan leaves to the parameters (commander.NAME), by code; 0 is a number of its own
NAMED = (
    "",
    "delay_days",
    "delay_loss",
    "refit_fill",
    "refit_days",
    "relief_days",
    "relief_loss",
    "relief_obeys",
    "relief_reach_km",
    "hold_loss",
    "transfer_obeys",
)

HERE = -1  # a task's place: where each unit stands
REFUGE = -2  # a task's place: the nearest own depot out of danger

PLAN = np.dtype(
    [
        ("side", "i8"),
        ("expects_raid", "i8"),  # 1: its staff takes the enemy's offensives for raids
        ("n_phases", "i8"),
        ("ph_start", "i8", (PHASES,)),  # expression
        ("ph_end", "i8", (PHASES,)),
        ("n_whos", "i8"),
        ("w_node", "i8", (WHOS,)),
        ("w_first", "i8", (WHOS,)),  # its tasks are w_first .. w_last - 1
        ("w_last", "i8", (WHOS,)),
        ("node_who", "i8", (NODES,)),  # -1: no tasks of its own
        ("n_tasks", "i8"),
        ("t_order", "i8", (TASKS,)),
        ("t_hex", "i8", (TASKS,)),  # hex, HERE or REFUGE
        ("t_via", "i8", (TASKS,)),  # hex or NOWHERE
        ("t_start", "i8", (TASKS,)),  # expression
        ("t_end", "i8", (TASKS,)),  # expression, -1: open-ended
        ("t_then", "i8", (TASKS,)),  # task that follows, -1 none
        ("t_lag_low", "i8", (TASKS,)),  # days from the decision to the order
        ("t_lag_high", "i8", (TASKS,)),
        ("t_chance", "f8", (TASKS,)),  # that the call is obeyed
        ("t_chance_named", "i8", (TASKS,)),
        ("t_ahead", "f8", (TASKS,)),  # chance to begin without waiting for start
        ("t_rank", "i8", (TASKS,)),
        ("t_alarm", "i8", (TASKS,)),  # 1: may break off a task of lower rank, 2: only once
        ("t_phase", "i8", (TASKS,)),  # -1 none
        ("n_expressions", "i8"),
        ("e_first", "i8", (CLAUSES,)),  # expression -> first clause; clauses end at e_last
        ("e_last", "i8", (CLAUSES,)),
        ("n_clauses", "i8"),
        ("l_first", "i8", (CLAUSES,)),  # clause -> first condition
        ("l_last", "i8", (CLAUSES,)),
        ("n_conditions", "i8"),
        ("k_kind", "i8", (CONDITIONS,)),
        ("k_not", "i8", (CONDITIONS,)),
        ("k_less", "i8", (CONDITIONS,)),  # 1: <=, 0: >=
        ("k_a", "i8", (CONDITIONS,)),
        ("k_b", "i8", (CONDITIONS,)),
        ("k_c", "i8", (CONDITIONS,)),
        ("k_x", "f8", (CONDITIONS,)),
        ("k_named", "i8", (CONDITIONS,)),
        ("n_air", "i8"),
        ("air_phase", "i8", (AIR_LINES,)),  # -1: before every phase
        ("air_mission", "i8", (AIR_LINES,)),
        ("air_weight", "i8", (AIR_LINES,)),
        ("air_hex", "i8", (AIR_LINES,)),
        ("air_start", "i8", (AIR_LINES,)),
    ],
    align=True,
)

MIND = np.dtype(
    [
        ("awake", "i8"),  # 0 until the first orders
        ("ph_opened", "i8", (PHASES,)),  # day, -1 not yet
        ("ph_ended", "i8", (PHASES,)),
        ("t_begun", "i8", (TASKS,)),  # day + 1 of the last beginning, 0 never
        ("t_done", "i8", (TASKS,)),
        ("w_task", "i8", (WHOS,)),  # task in hand, -1 none
        ("w_wait", "i8", (WHOS,)),  # task it waits to begin, -1 none
        ("w_due", "i8", (WHOS,)),  # day it begins, -1 not yet called
        ("w_deaf", "i8", (WHOS,)),  # not called again before this day
        ("w_ended", "i8", (WHOS,)),  # 1: the task in hand has ended
        ("w_since", "i8", (WHOS,)),
        ("w_start_men", "i8", (WHOS,)),
        ("w_fought", "i8", (WHOS,)),
        ("w_lost", "i8", (WHOS,)),  # battle casualties of the task in hand
        ("w_halted", "i8", (WHOS,)),  # 1: offensive halted for want of supply
        ("w_hex", "i8", (WHOS,)),  # hex of the order in force, resolved
        ("w_free", "i8", (WHOS,)),  # own target of a mobile unit, NOWHERE none
        ("w_idle", "i8", (WHOS,)),  # days with nothing to do
        # today's count of each who, made afresh every day
        ("m_units", "i8", (WHOS,)),
        ("m_men", "i8", (WHOS,)),
        ("m_full", "i8", (WHOS,)),
        ("m_contact", "i8", (WHOS,)),
        ("m_lost", "i8", (WHOS,)),  # battle casualties of yesterday
        ("m_turned", "i8", (WHOS,)),
        ("m_ringed", "i8", (WHOS,)),
        ("m_shut", "i8", (WHOS,)),  # ringed for commander.ringed_days and more
        ("m_there", "i8", (WHOS,)),
        ("m_rounds", "f8", (WHOS,)),
        ("m_fed", "f8", (WHOS,)),
        ("m_x", "f8", (WHOS,)),
        ("m_y", "f8", (WHOS,)),
        ("m_hex", "i8", (WHOS,)),  # where its largest unit stands
        ("m_largest", "i8", (WHOS,)),
    ],
    align=True,
)
