"""The state of one campaign, the map it stands on, its parameters: three declared records.

Every array has one line here: name, type, shape, unit, meaning.  The table in docs/state.md is
generated from these lines.  Conventions (docs/engine.md):

- what belongs to a unit, node, depot, field or link is int64 or float64, so that a rule computes
  the same in Python and compiled; what belongs to a hex is int32 or smaller and is wrapped in
  ``np.int64(...)`` before arithmetic;
- a hex id is ``row * cols + col``; NOWHERE stands for "no hex";
- a unit is also a command node: node i is unit i for i < UNITS, the formations above follow;
- men are whole persons, stores whole kilogrammes, material whole pieces.
"""

from typing import Any

import numpy as np

from tairiku.sim.parameters import NAMES

HEXES = 8192
NOWHERE = 65535
UNITS = 448
NODES = 768
FORCES = 5
MATERIALS = 6
STORES = 5
DEPOTS = 128
FIELDS = 128
AIR_UNITS = 96
RAILS = 2048
ROADS = 6144
BRIDGES = 128
BOXES = 16
BOX_LINKS = 96
ROOTS = DEPOTS + BOX_LINKS
CITIES = 512
REGIONS = 12
PROVINCES = 24
EVENTS = 2048
DAYS = 400

Line = tuple[str, str, tuple[int, ...], str, str]

EVENT = np.dtype(
    [
        ("kind", "i8"),
        ("side", "i8"),
        ("hex", "i8"),
        ("unit", "i8"),
        ("other", "i8"),
        ("a", "f8"),
        ("b", "f8"),
        ("c", "f8"),
        ("d", "f8"),
        ("e", "f8"),
    ]
)

STATE_LINES: tuple[Line, ...] = (
    # -- the clock
    ("day", "i8", (), "day", "days since the campaign's first, 0 = 17 April 1944"),
    ("error", "i8", (), "1", "0, or the code of the first impossibility a rule met"),
    ("n_units", "i8", (), "1", "unit slots in use, detached groups included"),
    ("n_events", "i8", (), "1", "events logged today"),
    ("events_lost", "i8", (), "1", "events of today that found no room"),
    # -- weather, by region
    ("w_sky", "i8", (REGIONS,), "code", "dry, rain, storm"),
    ("w_ground", "i8", (REGIONS,), "code", "dry, wet, mud"),
    ("w_wet", "f8", (REGIONS,), "mm", "water standing in the ground"),
    ("w_stage", "f8", (REGIONS,), "0-1", "stage of the rivers, 0 low water, 1 flood"),
    # -- units: who and where
    ("u_side", "i8", (UNITS,), "code", "side that it fights for"),
    ("u_force", "i8", (UNITS,), "code", "force whose books it is kept in"),
    ("u_kind", "i8", (UNITS,), "code", "infantry, tank, ..."),
    ("u_status", "i8", (UNITS,), "code", "on the map, in a box, destroyed, ..."),
    ("u_hex", "i8", (UNITS,), "hex", "where it stands"),
    ("u_box", "i8", (UNITS,), "box", "box it is in, -1 none"),
    ("u_due_day", "i8", (UNITS,), "day", "in transit: day it enters; -1 not coming"),
    ("u_due_hex", "i8", (UNITS,), "hex", "in transit: where it enters"),
    ("u_due_box", "i8", (UNITS,), "box", "in transit: box it enters, -1 a hex"),
    ("u_leaves_day", "i8", (UNITS,), "day", "day it is ordered away, -1 never"),
    ("u_static", "i8", (UNITS,), "0/1", "tied to its post: garrison duty, off the plan's roll"),
    # -- units: people
    ("u_men", "i8", (UNITS,), "men", "present for duty"),
    ("u_sick", "i8", (UNITS,), "men", "sick, will return to it"),
    ("u_wounded", "i8", (UNITS,), "men", "lightly wounded, will return to it"),
    ("u_stragglers", "i8", (UNITS,), "men", "dispersed, on their way back to it"),
    ("u_draft", "i8", (UNITS,), "men", "replacements marching to it, not yet in the books"),
    ("u_draft_day", "i8", (UNITS,), "day", "day they reach it"),
    ("u_full", "i8", (UNITS,), "men", "strength on the first morning, the mark for refit"),
    ("u_infantry", "f8", (UNITS,), "0-1", "share of the men who fight as infantry"),
    ("u_officers", "f8", (UNITS,), "0-1", "share of its officers left"),
    # -- units: material and stores
    ("u_material", "i8", (UNITS, MATERIALS), "pieces", "serviceable guns ... horses"),
    ("u_down", "i8", (UNITS, MATERIALS), "pieces", "broken down, under repair"),
    ("u_store", "i8", (UNITS, STORES), "kg", "food, fodder, ammunition, motor and aviation fuel"),
    # -- units: quality and state
    ("u_training", "f8", (UNITS,), "0-1", "drill and practice"),
    ("u_equipment", "f8", (UNITS,), "0-1", "weapons per man, best in the theatre = 1"),
    ("u_firmness", "f8", (UNITS,), "0-1", "cohesion when rested, from time together and officers"),
    ("u_cohesion", "f8", (UNITS,), "0-1", "cohesion now"),
    ("u_fatigue", "f8", (UNITS,), "0-1", "0 rested, 1 spent"),
    ("u_initiative", "f8", (UNITS,), "0-1", "of its commander"),
    ("u_caution", "f8", (UNITS,), "0-1", "of its commander"),
    ("u_posture", "i8", (UNITS,), "code", "how it stands or moves today"),
    ("u_dug", "f8", (UNITS,), "days", "days of digging at its place, own works"),
    # -- units: the order in force, the order on its way, the permission it waits for
    ("u_order", "i8", (UNITS,), "code", "order in force"),
    ("u_target", "i8", (UNITS,), "hex", "its objective"),
    ("u_via", "i8", (UNITS,), "hex", "axis: pass here first; for delay, where to go aside"),
    ("u_until", "i8", (UNITS,), "day", "last day the order binds, -1 until countermanded"),
    ("u_giver", "i8", (UNITS,), "node", "who gave it, -1 nobody"),
    ("u_since", "i8", (UNITS,), "day", "day it came into force"),
    ("u_next_order", "i8", (UNITS,), "code", "order on its way"),
    ("u_next_target", "i8", (UNITS,), "hex", "its objective"),
    ("u_next_via", "i8", (UNITS,), "hex", "its axis"),
    ("u_next_until", "i8", (UNITS,), "day", "its last day"),
    ("u_next_giver", "i8", (UNITS,), "node", "who gave it"),
    ("u_next_due", "i8", (UNITS,), "day", "day it arrives, -1 none under way"),
    ("u_asked", "i8", (UNITS,), "day", "day it asked leave to go, -1 not asking"),
    ("u_answer_due", "i8", (UNITS,), "day", "day the answer comes, -1 none"),
    ("u_answer", "i8", (UNITS,), "code", "0 none, 1 refused, 2 permitted, 3 silence"),
    ("u_linked", "f8", (UNITS,), "0-1", "state of its links to its superior, 1 whole"),
    ("u_paralysed", "i8", (UNITS,), "days", "days more in which a contrary order halts it"),
    ("u_heard", "i8", (UNITS,), "key", "order last sent down: (day given + 1) * 1024 + giver"),
    # -- units: movement
    ("u_from", "i8", (UNITS,), "hex", "hex it came from, the way back"),
    ("u_step", "i8", (UNITS,), "hex", "next hex of its march, NOWHERE none"),
    ("u_progress", "f8", (UNITS,), "hours", "hours of marching put into the next hex"),
    ("u_km_today", "f8", (UNITS,), "km", "distance marched today, trains not counted"),
    ("u_march_days", "i8", (UNITS,), "days", "days marched without a rest"),
    ("u_success_day", "i8", (UNITS,), "day", "last day it beat the enemy before it"),
    ("u_detour", "i8", (UNITS,), "steps", "steps more in which it feels its way round the enemy"),
    ("u_blocked", "i8", (UNITS,), "code", "why it stopped: 1 enemy, 2 river, 3 stacking, 4 no way"),
    # -- units: battle
    ("u_contact", "i8", (UNITS,), "days", "day of the engagement, 0 out of contact"),
    ("u_contact_day", "i8", (UNITS,), "day", "last day of contact, -9 never"),
    ("u_attacks", "i8", (UNITS,), "hex", "hex it attacks today, NOWHERE none"),
    ("u_defends", "i8", (UNITS,), "0/1", "attacked today"),
    ("u_start_men", "i8", (UNITS,), "men", "men when the engagement began"),
    ("u_lost", "f8", (UNITS,), "0-1", "share of them lost in the engagement so far"),
    ("u_loss_today", "i8", (UNITS,), "men", "battle casualties today"),
    ("u_rout_days", "i8", (UNITS,), "days", "days more in which it cannot fight"),
    ("u_halt_days", "i8", (UNITS,), "days", "days more in which it rests after a halt"),
    ("u_outflanked", "i8", (UNITS,), "0/1", "its way back is threatened"),
    ("u_fought", "i8", (UNITS,), "code", "posture of its last attack; a new one starts anew"),
    # -- units: encirclement
    ("u_cut", "i8", (UNITS,), "days", "days without a way to supply"),
    ("u_ringed", "i8", (UNITS,), "days", "days with no path out past the enemy"),
    ("u_pocket", "i8", (UNITS,), "id", "pocket it is in, -1 none"),
    # -- units: supply of today
    ("u_source", "i8", (UNITS,), "depot", "depot it is fed from, -1 none"),
    ("u_way", "i8", (UNITS,), "cost", "cost of the way from it"),
    ("u_need", "i8", (UNITS, STORES), "kg", "asked for today"),
    ("u_got", "i8", (UNITS, STORES), "kg", "delivered today"),
    ("u_foraged", "i8", (UNITS,), "kg", "food and fodder taken on the spot today"),
    ("u_foragers", "f8", (UNITS,), "0-1", "share of the men out foraging"),
    ("u_fed", "f8", (UNITS,), "0-1", "share of the ration eaten, mean of about a week"),
    ("u_rounds", "f8", (UNITS,), "0-1", "ammunition in hand, 1 = three days of battle or more"),
    ("u_fuelled", "f8", (UNITS,), "0-1", "motor fuel in hand, 1 = enough for the day's march"),
    ("u_hungry", "i8", (UNITS,), "days", "days on less than half the ration"),
    # -- units: air over them today
    ("u_air_support", "f8", (UNITS,), "sorties", "close support flown for it today"),
    ("u_air_hit", "f8", (UNITS,), "sorties", "attack sorties flown against it today"),
    # -- command nodes
    ("n_superior", "i8", (NODES,), "node", "who commands it today, -1 nobody"),
    ("n_side", "i8", (NODES,), "code", "side, NO_SIDE an empty slot"),
    ("n_hex", "i8", (NODES,), "hex", "headquarters, NOWHERE off the map"),
    ("n_level", "i8", (NODES,), "code", "0 unit, 1 corps, 2 army or group army, 3 area, 4 highest"),
    ("n_order", "i8", (NODES,), "code", "order it has from its commander"),
    ("n_target", "i8", (NODES,), "hex", "its objective"),
    ("n_via", "i8", (NODES,), "hex", "its axis"),
    ("n_until", "i8", (NODES,), "day", "its last day"),
    ("n_issued", "i8", (NODES,), "day", "day it was given that order"),
    ("n_busy", "f8", (NODES,), "0-1", "load of the headquarters"),
    ("n_cut_days", "i8", (NODES,), "days", "days more in which its links are cut"),
    ("n_paralysed", "i8", (NODES,), "days", "days more of paralysis by contrary orders"),
    ("n_moved", "i8", (NODES,), "day", "day its headquarters last moved"),
    # -- hexes
    ("h_control", "i1", (HEXES,), "code", "side that holds it"),
    ("h_since", "i2", (HEXES,), "day", "day it last changed hands"),
    ("h_first", "i2", (HEXES,), "unit", "first of the units in it, -1 empty"),
    ("u_mate", "i8", (UNITS,), "unit", "next unit in the same hex, -1 last"),
    ("h_men", "i4", (2, HEXES), "men", "fighting men of each side in it"),
    ("h_zone", "i4", (2, HEXES), "men", "men of each side whose zone covers it"),
    ("h_works", "i4", (HEXES,), "points", "field works, 0 none, 100 fortress"),
    ("h_forage", "i4", (HEXES,), "tonnes", "food and fodder that can still be had"),
    ("h_belief", "i4", (2, HEXES), "men", "enemy men that each side believes there"),
    ("h_seen", "i2", (2, HEXES), "day", "day of that report, -1 never"),
    ("h_interdict", "f4", (2, HEXES), "0-1", "share of each side's day traffic stopped by air"),
    ("h_guerrilla", "f4", (HEXES,), "0-1", "hold of irregulars on the country"),
    ("h_way", "i4", (4, HEXES), "cost", "of the best way from a depot, by side; 2, 3: a base"),
    ("h_source", "i2", (4, HEXES), "depot", "that depot, -1 none"),
    ("h_back", "u2", (4, HEXES), "hex", "next hex towards it"),
    ("h_root", "i2", (4, HEXES), "root", "1 + the best supply root in the hex, 0 none"),
    ("h_pass", "i1", (2, HEXES), "0/1", "supply of each side passes"),
    ("z_hex", "i8", (4, ROOTS), "hex", "supply root: depot; from DEPOTS on an end of a box link"),
    ("z_cost", "i8", (4, ROOTS), "cost", "cost of the way on which the root begins"),
    ("z_depot", "i8", (4, ROOTS), "depot", "depot behind the root, -1 none"),
    ("g_supply_built", "i8", (), "0/1", "the fields of supply have been built once"),
    # -- links
    ("r_state", "i8", (RAILS,), "permille", "working share of the rail link"),
    ("r_owner", "i8", (RAILS,), "code", "side that runs it, NO_SIDE nobody"),
    ("r_work", "f8", (RAILS,), "km", "relaid so far"),
    ("r_runs", "i1", (RAILS,), "code", "whose trains use it: 0 nobody's, 1 Japan's, 2 China's"),
    ("r_load", "f8", (RAILS,), "kg", "supply of today along the link, by whatever means"),
    ("k_state", "i8", (ROADS,), "permille", "share of its carrying capacity left to vehicles"),
    ("k_work", "f8", (ROADS,), "km", "restored so far"),
    ("k_grade", "i1", (ROADS,), "0-3", "as carriers use it: 0 a track, 3 whole"),
    ("k_axis", "i1", (ROADS,), "0/1", "first broken link of an axis of supply today"),
    ("x_state", "i8", (BRIDGES,), "permille", "working share of the bridge"),
    ("x_out_days", "i8", (BRIDGES,), "days", "days of repair left"),
    # -- depots
    ("d_side", "i8", (DEPOTS,), "code", "side that holds it, NO_SIDE an empty slot or lost"),
    ("d_hex", "i8", (DEPOTS,), "hex", "where it is, NOWHERE in a box"),
    ("d_box", "i8", (DEPOTS,), "box", "box it is in, -1 on the map"),
    ("d_force", "i8", (DEPOTS,), "code", "force whose books it is kept in"),
    ("d_store", "i8", (DEPOTS, STORES), "kg", "stock"),
    ("d_inflow", "i8", (DEPOTS, STORES), "kg/day", "from outside the map or local levy"),
    ("d_field", "i8", (DEPOTS,), "field", "airfield it serves, -1 none"),
    ("d_kind", "i8", (DEPOTS,), "code", "base, army, war zone, airfield, line"),
    ("d_open", "i8", (DEPOTS,), "0/1", "has stock enough to feed troops"),
    ("d_taken", "i8", (DEPOTS,), "0/1", "taken from the enemy, or set up on the way"),
    ("d_since", "i8", (DEPOTS,), "day", "day it was set up or last set up a branch"),
    # -- cities and sieges
    ("c_phase", "i8", (CITIES,), "code", "quiet, invested, assault, rebuild"),
    ("c_since", "i8", (CITIES,), "day", "day the phase began"),
    ("c_invested", "i8", (CITIES,), "days", "days invested"),
    ("c_ring", "f8", (CITIES,), "0-1", "how tight the ring is"),
    ("c_zones", "f8", (CITIES,), "zones", "zones of the city still held by the garrison"),
    ("c_works", "f8", (CITIES,), "points", "works of the city, 0-100"),
    ("c_food", "i8", (CITIES,), "kg", "food in the city, the people's included"),
    ("c_will", "f8", (CITIES,), "0-1", "will of the garrison to hold on"),
    ("c_repeats", "i8", (CITIES,), "1", "assaults made so far"),
    ("c_assault_men", "i8", (CITIES,), "men", "assault infantry when the assault began"),
    ("c_assault_lost", "i8", (CITIES,), "men", "of them lost in it"),
    ("c_zone_day", "i8", (CITIES,), "day", "last day a zone fell"),
    ("c_garrison", "i8", (CITIES,), "men", "garrison when the siege began"),
    ("c_assault_worth", "f8", (CITIES,), "1", "worth of the last assault force, guns included"),
    # -- air
    ("a_side", "i8", (AIR_UNITS,), "code", "side, NO_SIDE an empty slot"),
    ("a_force", "i8", (AIR_UNITS,), "code", "force whose books it is kept in"),
    ("a_kind", "i8", (AIR_UNITS,), "code", "fighter, bomber, ..."),
    ("a_type", "i8", (AIR_UNITS,), "type", "aircraft type of the performance table"),
    ("a_status", "i8", (AIR_UNITS,), "code", "ON_MAP, IN_BOX, TRANSIT, DESTROYED, DEPARTED, EMPTY"),
    ("a_craft", "i8", (AIR_UNITS,), "aircraft", "on hand, serviceable or not"),
    ("a_full", "i8", (AIR_UNITS,), "aircraft", "on the first morning or on arrival"),
    ("a_service", "f8", (AIR_UNITS,), "0-1", "serviceable share"),
    ("a_field", "i8", (AIR_UNITS,), "field", "base, -1 none"),
    ("a_due_day", "i8", (AIR_UNITS,), "day", "in transit: day it arrives"),
    ("a_leaves_day", "i8", (AIR_UNITS,), "day", "ordered away on this day, -1 never"),
    ("a_mission", "i8", (AIR_UNITS,), "code", "today's"),
    ("a_target", "i8", (AIR_UNITS,), "hex", "today's"),
    ("a_sorties", "i8", (AIR_UNITS,), "sorties", "today's"),
    ("a_lost", "i8", (AIR_UNITS,), "aircraft", "today's"),
    ("v_side", "i8", (FIELDS,), "code", "side that can use the airfield"),
    ("v_ready", "f8", (FIELDS,), "0-1", "state of runway and installations"),
    ("v_since", "i8", (FIELDS,), "day", "day it last changed hands, -1 never"),
    ("v_depot", "i8", (FIELDS,), "depot", "depot that fuels it, -1 none"),
    ("v_linked", "i8", (FIELDS,), "0/1", "joined by road or rail to the terminal of the airlift"),
    ("y_load", "i8", (2, 32), "kg", "fuel, munitions on the road to forward fields, by days left"),
    ("g_air_priority", "i8", (2, 8), "0-10", "weight of each mission by side; all 0: doctrine"),
    ("g_air_target", "i8", (2, 8), "hex", "main effort by mission; read where its weight is not 0"),
    # -- land, people, politics
    (
        "p_hostility",
        "f8",
        (PROVINCES,),
        "0-1",
        "of peasants to Chinese troops: requisition, famine",
    ),
    ("p_food", "f8", (PROVINCES,), "1", "food in the land over need, 1 = enough"),
    ("p_guerrilla", "f8", (PROVINCES,), "0-1", "strength of the Communist bases"),
    ("p_refugees", "i8", (PROVINCES,), "persons", "on the roads today"),
    ("p_dead_low", "i8", (PROVINCES,), "persons", "civilian deaths so far, low"),
    ("p_dead_high", "i8", (PROVINCES,), "persons", "civilian deaths so far, high"),
    ("p_garrison_need", "f8", (PROVINCES,), "battalions", "to hold the lines in Japanese hands"),
    ("g_prices", "f8", (), "index", "prices in Free China, 1941 = 100"),
    ("g_real_pay", "f8", (), "0-1", "real pay of a Chinese soldier, April 1944 = 1"),
    ("g_confidence", "f8", (), "0-1", "between Chungking and Washington"),
    ("g_cabinet", "f8", (), "0-1", "standing of the cabinet in Tokyo"),
    ("g_japan_reach", "f8", (), "0-1", "Allied bomber reach to Japan from every base in hand"),
    ("g_corridor_control", "f8", (), "0-1", "share of the corridor's route in Japanese hands"),
    ("g_corridor_rail", "f8", (), "0-1", "share of its steps over which Japanese trains run"),
    ("g_corridor_tonnes", "f8", (), "t/day", "what its weakest step carries through"),
    # -- the books (docs/rules.md, conservation)
    ("g_men", "i8", (FORCES, 10), "men", "by column of codes.MEN_BOOK_NAMES"),
    ("g_material", "i8", (FORCES, MATERIALS, 8), "pieces", "by column of codes.BOOK_NAMES"),
    ("g_store", "i8", (FORCES, STORES, 8), "kg", "by column of codes.BOOK_NAMES"),
    ("g_aircraft", "i8", (FORCES, 6), "aircraft", "by column of codes.AIR_BOOK_NAMES"),
)

MAP_LINES: tuple[Line, ...] = (
    ("n_hexes", "i8", (), "1", "cols * rows"),
    ("cols", "i8", (), "1", "columns"),
    ("rows", "i8", (), "1", "rows"),
    ("pitch_km", "f8", (), "km", "from centre to centre"),
    ("last_day", "i8", (), "day", "last day of the campaign"),
    ("month", "i8", (DAYS,), "1-12", "month of each day"),
    ("next", "u2", (HEXES, 6), "hex", "neighbours E NE NW W SW SE, NOWHERE off the edge"),
    ("x_km", "f8", (HEXES,), "km", "east of the origin"),
    ("y_km", "f8", (HEXES,), "km", "north of the origin"),
    ("terrain", "i1", (HEXES,), "code", "plain ... outside"),
    ("relief_m", "f4", (HEXES,), "m", "relief"),
    ("elevation_m", "f4", (HEXES,), "m", "mean height"),
    ("flood", "f4", (HEXES,), "0-1", "share in the flood zone of the Yellow River"),
    ("province", "i2", (HEXES,), "province", "province of 1944, -1 none"),
    ("region", "i2", (HEXES,), "region", "weather region"),
    ("city", "i2", (HEXES,), "city", "city of the hex, -1 none"),
    ("people", "i4", (HEXES,), "persons", "townspeople"),
    ("river", "i1", (HEXES, 6), "class", "river on the side: 0 none, 1 stream, 2 river, 3 great"),
    ("rail", "i2", (HEXES, 6), "link", "rail link over the side, -1 none"),
    ("road", "i2", (HEXES, 6), "link", "road link over the side, -1 none"),
    ("water", "i1", (HEXES, 6), "0/1", "boats go over the side"),
    ("bridge", "i1", (HEXES, 6), "bridge", "bridge over the side, -1 none"),
    # links
    ("n_rails", "i8", (), "1", "rail links"),
    ("r_a", "i8", (RAILS,), "hex", "one end"),
    ("r_b", "i8", (RAILS,), "hex", "other end"),
    ("r_km", "f8", (RAILS,), "km", "length"),
    ("r_kind", "i8", (RAILS,), "code", "track, ferry, gap"),
    ("r_gauge", "i8", (RAILS,), "mm", "gauge"),
    ("r_bridge", "i8", (RAILS,), "bridge", "bridge that it needs, -1 none"),
    ("n_roads", "i8", (), "1", "road links"),
    ("k_a", "i8", (ROADS,), "hex", "one end"),
    ("k_b", "i8", (ROADS,), "hex", "other end"),
    ("k_km", "f8", (ROADS,), "km", "length"),
    ("k_class", "i8", (ROADS,), "code", "2 trunk, 1 secondary"),
    ("n_bridges", "i8", (), "1", "bridges"),
    ("x_a", "i8", (BRIDGES,), "hex", "one bank"),
    ("x_b", "i8", (BRIDGES,), "hex", "other bank, NOWHERE inside the hex"),
    ("x_rail", "i8", (BRIDGES,), "0/1", "carries trains"),
    ("x_road", "i8", (BRIDGES,), "0/1", "carries vehicles"),
    ("x_metres", "f8", (BRIDGES,), "m", "length"),
    # boxes
    ("n_boxes", "i8", (), "1", "off-map boxes"),
    ("n_box_links", "i8", (), "1", "ways between boxes and the map"),
    ("bl_box", "i8", (BOX_LINKS,), "box", "box"),
    ("bl_hex", "i8", (BOX_LINKS,), "hex", "hex it joins, NOWHERE a box"),
    ("bl_to", "i8", (BOX_LINKS,), "box", "box it joins, -1 a hex"),
    ("bl_mode", "i8", (BOX_LINKS,), "code", "rail, road, river, sea, air"),
    ("bl_side", "i8", (BOX_LINKS,), "code", "who can use it"),
    ("bl_days", "f8", (BOX_LINKS,), "days", "for a division or a load"),
    ("bl_tonnes", "f8", (BOX_LINKS,), "t/day", "capacity one way"),
    # cities
    ("n_cities", "i8", (), "1", "cities"),
    ("c_hex", "i8", (CITIES,), "hex", "where"),
    ("c_level", "i8", (CITIES,), "1-5", "2 county seat ... 5 metropolis"),
    ("c_walled", "i8", (CITIES,), "0/1", "walls standing"),
    ("c_zone_count", "f8", (CITIES,), "zones", "zones to be taken one by one"),
    ("c_people", "i8", (CITIES,), "persons", "townspeople"),
    ("c_heights", "f8", (CITIES,), "0-1", "share of works and will lost with the outermost zone"),
    # airfields
    ("n_fields", "i8", (), "1", "airfields"),
    ("v_hex", "i8", (FIELDS,), "hex", "where, NOWHERE in a box"),
    ("v_box", "i8", (FIELDS,), "box", "box, -1 on the map"),
    ("v_class", "i8", (FIELDS,), "0-4", "0 none, 1 fighter, 2 medium, 3 heavy, 4 b29"),
    ("v_x_km", "f8", (FIELDS,), "km", "east, in a box its drawing point"),
    ("v_y_km", "f8", (FIELDS,), "km", "north"),
    # aircraft types
    ("t_range_km", "f8", (24,), "km", "radius of action"),
    ("t_fight", "f8", (24,), "1", "value in air combat, P-40N = 1"),
    ("t_bomb_kg", "f8", (24,), "kg", "bombs or load a sortie"),
    ("t_fuel_kg", "f8", (24,), "kg", "fuel a sortie"),
    ("t_runway", "i8", (24,), "0-4", "airfield class it needs"),
    ("t_service", "f8", (24,), "0-1", "serviceable share with spares and rest"),
    ("t_replace", "f8", (24,), "1/month", "replacement aircraft a month over the establishment"),
    # dated rebasings (ordered as such, never forced by events); field -1 is a box without a field
    ("n_air_moves", "i8", (), "1", "dated rebasings"),
    ("am_day", "i8", (128,), "day", "day"),
    ("am_unit", "i8", (128,), "air unit", "air unit"),
    ("am_field", "i8", (128,), "field", "field it goes to, -1 off the map"),
    # the corridor: neighbouring hexes from the north to Indochina
    ("n_route", "i8", (), "1", "hexes of the corridor"),
    ("route", "i8", (256,), "hex", "hex by hex"),
    # weather normals by region and month (index 1-12)
    ("n_regions", "i8", (), "1", "weather regions"),
    ("wn_rain_days", "f8", (REGIONS, 13), "days", "rain days of the month"),
    ("wn_rain_mm", "f8", (REGIONS, 13), "mm", "rain of the month"),
    ("wn_temp_c", "f8", (REGIONS, 13), "deg C", "mean temperature"),
    ("n_provinces", "i8", (), "1", "provinces"),
    ("pr_people", "i8", (PROVINCES,), "persons", "country people"),
    ("pr_hostility", "f8", (PROVINCES,), "0-1", "on the first morning"),
    ("pr_guerrilla", "f8", (PROVINCES,), "0-1", "on the first morning"),
    ("pr_food", "f8", (PROVINCES,), "1", "food over need before the harvest"),
    ("n_depots", "i8", (), "1", "depots"),
    ("n_air", "i8", (), "1", "air units"),
    ("n_nodes", "i8", (), "1", "command nodes, units included, formations from UNITS on"),
    # dated changes of superior (decisions outside the fighting)
    ("n_transfers", "i8", (), "1", "dated transfers of command"),
    ("f_day", "i8", (512,), "day", "day"),
    ("f_node", "i8", (512,), "node", "node"),
    ("f_superior", "i8", (512,), "node", "its new superior"),
    ("f_plan", "i8", (512,), "0/1", "a plan of before the campaign: may be taken unasked"),
)


# scratch of one worker: pure functions of the map kept for speed, no part of a state's hash
WAYS = 256
BUCKETS = 1024  # a power of two
WORK_LINES: tuple[Line, ...] = (
    ("q_key", "i8", (WAYS,), "code", "target * 4 + mode + 1 of the field in the slot, 0 empty"),
    ("q_next", "i8", (), "slot", "slot to be used next"),
    (
        "q_field",
        "i4",
        (WAYS, HEXES),
        "minutes",
        "marching time to the target (ways.way)",
    ),
    (
        "q_limit",
        "i8",
        (WAYS,),
        "minutes",
        "times up to this are exact",
    ),
    ("q_part", "i2", (2, HEXES), "1", "part of the country that hangs together, foot and vehicles"),
    ("q_shift", "i8", (), "1", "a bucket of hexes to look at is 2^q_shift minutes wide"),
    ("q_head", "i4", (BUCKETS,), "hex", "first hex in the bucket, -1 empty"),
    ("q_after", "i4", (HEXES,), "hex", "the hex after it in its bucket, -1 the last"),
    ("q_before", "i4", (HEXES,), "hex", "the hex before it, -1 it is the first, -2 in no bucket"),
    ("q_print", "f8", (), "-", "print of the parameters that the fields rest on"),
    ("q_edge", "i4", (2, HEXES, 6), "minutes", "static time of each step, foot and vehicles"),
    ("heap_key", "i8", (8 * HEXES,), "cost", "binary heap: keys"),
    ("mark", "i4", (HEXES,), "stamp", "visited marks"),
    ("stamp", "i8", (), "stamp", "the current mark"),
    ("queue", "i4", (HEXES,), "hex", "breadth-first queue"),
    ("hex_real", "f8", (HEXES,), "-", "a real number for each hex, owned by one rule at a time"),
    ("hex_whole", "i8", (HEXES,), "-", "a whole number for each hex, owned by one rule at a time"),
    ("unit_real", "f8", (UNITS,), "-", "a real number for each unit, owned by one rule at a time"),
    ("unit_whole", "i8", (UNITS,), "-", "a whole number for each unit, of one rule at a time"),
    # the air day: targets by side, mission and slot; sorties by unit; air space by region
    ("at_count", "i8", (2, 8), "1", "targets in the list"),
    ("at_hex", "i8", (2, 8, 12), "hex", "target, NOWHERE off the map"),
    ("at_other", "i8", (2, 8, 12), "index", "bridge, airfield or unit that is meant, -1 the hex"),
    ("at_value", "f8", (2, 8, 12), "1", "worth"),
    ("at_sent", "f8", (2, 8, 12), "sorties", "sent there so far"),
    ("at_effect", "f8", (2, 8, 12), "sorties", "standard sorties that struck it"),
    ("as_slot", "i8", (AIR_UNITS,), "slot", "slot of the unit's target in its mission's list"),
    ("as_effect", "f8", (AIR_UNITS,), "sorties", "sorties of the unit that reach their target"),
    ("av_threat", "i8", (FIELDS,), "0/1", "the enemy is near the airfield"),
    ("av_crowd", "i8", (FIELDS,), "air units", "based on the airfield"),
    ("av_sorties", "f8", (FIELDS,), "sorties", "flown from the airfield the day before"),
    ("av_reach", "f8", (FIELDS, 3), "km", "of the units based there: strikes, eyes, transports"),
    ("al_count", "i8", (2, 3), "1", "fields of the side from which strikes, eyes, transports fly"),
    ("al_field", "i8", (2, 3, FIELDS), "field", "those fields"),
    ("ab_sorties", "f8", (REGIONS, 2), "sorties", "over the region"),
    ("ab_fighters", "f8", (REGIONS, 2), "sorties", "of fighters, those not on superiority in part"),
    ("ab_value", "f8", (REGIONS, 2), "1", "value in air combat, summed over the sorties"),
    ("fight_n", "i8", (2,), "1", "units of attacker and defender in the engagement in hand"),
    ("fight_unit", "i8", (2, UNITS), "unit", "those units"),
    ("fight_men", "f8", (2, UNITS), "men", "their men engaged"),
    ("fight_sum", "f8", (2, 16), "-", "sums over them, by code of firepower.py"),
    ("carry_print", "f8", (), "-", "print of the parameters that the costs of carriage rest on"),
    (
        "link",
        "i8",
        (HEXES, 6),
        "code",
        "packed hexside (haul.price_carriage)",
    ),
    ("rough", "f8", (HEXES,), "1", "factor on the cost of carts in the country of a hex"),
    ("carry_road", "i4", (ROADS, 4), "cost", "of carrying by the road link in each grade"),
    ("road_grade", "i1", (ROADS,), "0-3", "grade of each road link today"),
    ("box_root", "i4", (BOXES,), "depot", "first depot in each box that feeds the field in hand"),
    ("passes", "i1", (HEXES,), "0/1", "supply of the side in hand passes"),
    ("changed", "i4", (3, HEXES), "hex", "hexes whose passage changed, by side; 2: ends of links"),
    ("tree", "i4", (HEXES,), "hex", "hexes of the tree of supply in use"),
    ("tree_share", "f8", (HEXES,), "0-1", "share of the load that comes through to a hex"),
    ("tree_km", "f8", (HEXES,), "km", "way by cart and on foot to a hex"),
    ("edge_kg", "f8", (HEXES, 3), "kg", "carried over the sides E NE NW of a hex today"),
    ("depot_want", "f8", (DEPOTS, STORES), "kg", "asked of a depot today"),
    ("depot_mark", "f8", (DEPOTS, STORES), "kg", "stock that a depot aims at"),
    ("depot_far", "f8", (DEPOTS,), "kg", "daily needs of the troops far from a depot"),
    ("depot_chief", "i8", (DEPOTS,), "unit", "the largest of them"),
)


def record(lines: tuple[Line, ...]) -> np.dtype:
    """The NumPy record of a table of lines, aligned for the compiled rules."""
    return np.dtype([(name, kind, shape) for name, kind, shape, _, _ in lines], align=True)


def field_name(parameter: str) -> str:
    """The field of the parameter record for a parameter: ``combat.ka`` -> ``combat_ka``."""
    return parameter.replace(".", "_")


STATE = np.dtype(
    [*((n, k, s) for n, k, s, _, _ in STATE_LINES), ("events", EVENT, (EVENTS,))], align=True
)
MAP = record(MAP_LINES)
WORK = record(WORK_LINES)
PARAMETERS = np.dtype(
    [
        ("key_seed", "u8"),
        ("key_replica", "u8"),
        *((field_name(name), "f8") for name in NAMES),
    ],
    align=True,
)

# an order book: what a commander tells his nodes today; order = -1 says nothing new
ORDERS = np.dtype(
    [
        ("order", "i8", (NODES,)),
        ("target", "i8", (NODES,)),
        ("via", "i8", (NODES,)),
        ("until", "i8", (NODES,)),
        ("air_priority", "i8", (8,)),  # by mission code, 0-10
        ("air_target", "i8", (8,)),  # hex of main effort by mission code, NOWHERE none
        ("n_notes", "i8"),  # what the commander wants in the day's log
        ("note_kind", "i8", (64,)),  # event code
        ("note_node", "i8", (64,)),  # unit or node, -1 none
        ("note_hex", "i8", (64,)),  # hex, NOWHERE none
        ("note_a", "f8", (64,)),  # the event's number
    ],
    align=True,
)


def new(kind: np.dtype, n: int = 1) -> np.recarray:
    """n zeroed records of a kind, readable as attributes compiled and interpreted alike."""
    return np.zeros(n, kind).view(np.recarray)


class ByField:
    """A record for whoever fills it in plain Python: its arrays are looked up once, not each time.

    Reads and writes go to the record itself.
    """

    def __init__(self, record: Any) -> None:
        names = record.dtype.names or ()
        arrays = {name: record[name] for name in names if record.dtype[name].shape}
        self.__dict__.update(arrays, _record=record)

    def __getattr__(self, name: str) -> Any:
        return self.__dict__["_record"][name]

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__["_record"][name] = value

    def __getitem__(self, name: str) -> Any:
        return self.__dict__["_record"][name]
