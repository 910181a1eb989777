"""The small integers the rules speak in: sides, kinds, postures, orders, causes.

Codes are append-only: a replay names them, so a number never changes its meaning.
"""

# sides that fight for the map, and the five forces whose books are kept apart
JAPAN, CHINA = 0, 1
NO_SIDE = 2
SIDE_NAMES = ("japan", "china", "none")
(F_JAPAN, F_CHINA, F_COMMUNIST, F_PUPPET, F_ALLIED_AIR) = range(5)
FORCE_NAMES = ("japan", "china", "communist", "puppet", "allied-air")
FORCE_SIDE = (JAPAN, CHINA, CHINA, JAPAN, CHINA)

# what a unit is
(
    INFANTRY,
    MOTORISED,
    TANK,
    CAVALRY,
    ARTILLERY,
    ENGINEER,
    RAILWAY,
    GARRISON,
    MILITIA,
    GUERRILLA,
    DRAFT,
) = range(11)
KIND_NAMES = (
    "infantry",
    "motorised",
    "tank",
    "cavalry",
    "artillery",
    "engineer",
    "railway",
    "garrison",
    "militia",
    "guerrilla",
    "draft",
)

# where a unit is
(EMPTY, ON_MAP, IN_BOX, TRANSIT, DESTROYED, DEPARTED, DISSOLVED) = range(7)
STATUS_NAMES = ("empty", "on-map", "in-box", "transit", "destroyed", "departed", "dissolved")

# how it stands or moves today
(
    P_REST,
    P_MARCH,
    P_ATTACK,
    P_ASSAULT,
    P_HASTY,
    P_PREPARED,
    P_FORTIFIED,
    P_DELAY,
    P_WITHDRAW,
    P_RAIL,
    P_ROUT,
) = range(11)
POSTURE_NAMES = (
    "rest",
    "march",
    "attack",
    "assault",
    "hasty-defence",
    "prepared-defence",
    "fortified-defence",
    "delay",
    "withdrawal",
    "rail-move",
    "rout",
)

# what it has been told to do
(
    O_NONE,
    O_HOLD,  # defend the target hex; falling back is the unit's own judgement after a hard fight
    O_FORTRESS,  # hold the target under a hold order: leaving needs the permission of its giver
    O_DELAY,  # defend by stages from the target, then aside to the via hex
    O_MOVE,  # go to the target, avoid battle
    O_ATTACK,  # go to the target and take it, fighting what bars the way
    O_ASSAULT,  # besiege and assault the target city
    O_SCREEN,  # watch the enemy from near the target, raid his rear
    O_WITHDRAW,  # break contact and go to the target
    O_REFIT,  # go to the target and rest there
    O_RELIEVE,  # attack towards a besieged target, each corps for itself
    O_RAIL,  # go to the target by rail where trains run
) = range(12)
ORDER_NAMES = (
    "none",
    "hold",
    "fortress",
    "delay",
    "move",
    "attack",
    "assault",
    "screen",
    "withdraw",
    "refit",
    "relieve",
    "rail-move",
)

# ground and sky
(DRY, RAIN, STORM) = range(3)
(GROUND_DRY, GROUND_WET, GROUND_MUD) = range(3)
(PLAIN, PADDY, HILLS, LOW_MOUNTAINS, HIGH_MOUNTAINS, LAKE, SEA, OUTSIDE) = range(8)
TERRAIN_NAMES = (
    "plain",
    "paddy",
    "hills",
    "low_mountains",
    "high_mountains",
    "lake",
    "sea",
    "outside",
)

# stores, all in kilogrammes
(FOOD, FODDER, AMMUNITION, MOTOR_FUEL, AVIATION_FUEL) = range(5)
STORE_NAMES = ("food", "fodder", "ammunition", "motor-fuel", "aviation-fuel")

# pieces of material
(GUNS, MORTARS, AT_GUNS, TANKS, TRUCKS, HORSES) = range(6)
MATERIAL_NAMES = ("guns", "mortars", "at-guns", "tanks", "trucks", "horses")

# the books of men: IN columns add to the force, OUT columns leave it; what is left is in units
(
    M_INITIAL,  # in: on hand or on their way on the first morning
    M_RAISED,  # in: arrivals, drafts and conscripts from outside the map
    M_KILLED,  # out: died in battle
    M_WOUNDED,  # out: wounded evacuated for the rest of the campaign
    M_CAPTURED,  # out
    M_MISSING,  # out: dispersed for good
    M_DESERTED,  # out
    M_DISEASE,  # out: died of sickness or evacuated sick for the rest of the campaign
    M_LEFT,  # out: sent away from the theatre by order, or discharged
    M_FOUND,  # in: men of other forces who changed sides or were freed
) = range(10)
MEN_BOOK_NAMES = (
    "initial",
    "raised",
    "killed",
    "wounded",
    "captured",
    "missing",
    "deserted",
    "disease",
    "left",
    "found",
)
MEN_BOOK_SIGN = (1, 1, -1, -1, -1, -1, -1, -1, -1, 1)

# the books of material (pieces) and of stores (kg)
(
    B_INITIAL,  # in
    B_INFLOW,  # in: from outside the map, or levied
    B_FORAGED,  # in: requisitioned and bought on the spot (stores only)
    B_TAKEN,  # in: captured from the enemy
    B_CONSUMED,  # out: eaten, fired, burnt, worn out
    B_LOST,  # out: destroyed in battle, on the way or by the air
    B_CAPTURED,  # out: fell to the enemy
    B_LEFT,  # out: went with units that left the theatre
) = range(8)
BOOK_NAMES = (
    "initial",
    "inflow",
    "foraged",
    "taken",
    "consumed",
    "lost",
    "captured",
    "left",
)
BOOK_SIGN = (1, 1, 1, 1, -1, -1, -1, -1)

# the books of aircraft
(A_INITIAL, A_INFLOW, A_SHOT_DOWN, A_ON_GROUND, A_WORN, A_LEFT) = range(6)
AIR_BOOK_NAMES = ("initial", "inflow", "shot-down", "on-ground", "worn", "left")
AIR_BOOK_SIGN = (1, 1, -1, -1, -1, -1)

# air missions
(
    A_IDLE,
    A_SUPERIORITY,
    A_SUPPORT,
    A_INTERDICTION,
    A_AIRFIELD,
    A_SUPPLY,
    A_RECONNAISSANCE,
    A_STRATEGIC,
) = range(8)
MISSION_NAMES = (
    "idle",
    "superiority",
    "support",
    "interdiction",
    "airfield-attack",
    "supply",
    "reconnaissance",
    "strategic",
)
# kinds of aircraft
(FIGHTER, BOMBER, HEAVY_BOMBER, RECON, TRANSPORT) = range(5)
AIRCRAFT_KIND_NAMES = ("fighter", "bomber", "heavy-bomber", "recon", "transport")

# a city under siege
(S_QUIET, S_INVESTED, S_ASSAULT, S_REBUILD) = range(4)
SIEGE_NAMES = ("quiet", "invested", "assault", "rebuild")

# rail, road and river links
(R_OPERATING_JAPANESE, R_OPERATING_CHINESE, R_TORN_UP, R_CONSTRUCTION) = range(4)
RAIL_STATUS_NAMES = (
    "operating_japanese",
    "operating_chinese",
    "torn_up",
    "under_construction",
)
(L_TRACK, L_FERRY, L_GAP) = range(3)
LINK_KIND_NAMES = ("track", "train_ferry", "border_gap")
(BOX_RAIL, BOX_ROAD, BOX_RIVER, BOX_SEA, BOX_AIR) = range(5)
BOX_MODE_NAMES = ("rail", "road", "river", "sea", "air")

# what happened, for the log; a rule adds its kinds at the end of the list
EVENT_NAMES = (
    "none",
    "arrival",  # unit; a=men
    "departure",  # unit; a=men
    "replacements",  # unit; a=men received, b=men fallen out on the way
    "weather",  # a=region, b=weather code, c=ground code
    "order-sent",  # unit or node; a=order code, b=delay in days
    "order-received",  # unit; a=order code, hex=target
    "request",  # unit asks leave to go, of other; a=day asked, b=chance that it asks today
    "refused",  # unit, by other; a=chance of refusal, b=days in danger, c=state of the links
    "permitted",  # unit, by other; a=chance of refusal, b=days in danger, c=state of the links
    "silence",  # unit, from other: no answer came, the last order stands; a=state of the links
    "contrary-order",  # node; a=days of paralysis
    "links-cut",  # node or unit; a=days
    "battle",  # hex; side=attacker, unit=largest attacker, other=largest defender, a=attacking men,
    #            b=defending men, c=attackers lost, d=defenders lost, e=day of the engagement
    "attack-broken-off",  # unit; a=chance, b=loss fraction, c=cohesion, d=ammunition in hand,
    #                       e=1 outflanked, 2 an attempt to break out of a ring
    "retreat",  # unit, before other; hex=where to, a=loss fraction, b=chance, c=cohesion,
    #             d=ammunition in hand, e=1 outflanked
    "rout",  # unit, before other; a=men dispersed, b=guns lost, c=loss fraction, d=chance that it
    #          gives way, e=chance that it is then routed
    "capture-material",  # unit=loser, other=taker; a=guns, b=trucks, c=stores in tonnes
    "surrender",  # unit; a=men captured, b=days of supply, c=chance, d=loss fraction
    "destroyed",  # unit; a=men at its end
    "encircled",  # unit; a=men
    "relieved",  # unit; a=days cut off
    "pocket",  # hex; a=men encircled, b=escaped, c=killed and wounded, d=captured, e=dispersed
    "stragglers-return",  # unit; a=men
    "siege-begins",  # hex; a=garrison men, b=services called up, c=works, d=ring
    "assault-begins",  # hex; a=assault men, b=tonnes of ammunition, c=which assault it is, d=works
    "assault-ends",  # hex; a=zones left, b=cause code, c=assault losses fraction
    "zone-taken",  # hex; a=zones left, b=zones taken, c=zones an average day takes
    "city-taken",  # hex; side=new holder, a=place city index, b=works
    "control",  # hex; side=new holder, a=old holder
    "crossing",  # unit; hex=to; a=chance, b=1 forced, 0 repulsed
    "bridge-out",  # a=bridge index, b=state in permille
    "bridge-open",  # a=bridge index
    "rail-open",  # a=rail link index; side
    "rail-demolished",  # a=rail link index; side=who did it
    "road-open",  # a=road link index; side
    "supply-short",  # unit; a=share of need met, b=days
    "supply-cut",  # unit; a=days, b=depot index that fed it
    "depot-lost",  # a=depot index, b=tonnes captured, c=tonnes destroyed
    "air-battle",  # hex; a=Japanese sorties, b=Allied sorties, c=Japanese lost, d=Allied lost
    "air-strike",  # hex; side=attacker, a=mission, b=sorties, c=men or pieces hit, d=tonnes lost
    "airfield-lost",  # a=airfield index; side=new holder; b=aircraft lost on the ground
    "air-move",  # a=air unit index, b=airfield index
    "air-drop",  # unit; a=tonnes dropped, b=tonnes that reached it
    "peasants-disarm",  # unit; a=men disarmed, b=hostility
    "guerrilla",  # hex; a=effect, b=strength
    "refugees",  # a=province, b=persons
    "civilian-deaths",  # a=province, b=low, c=high
    "phase-opens",  # side; a=phase index
    "phase-ends",  # side; a=phase index
    "task-begins",  # side; unit or node; a=task index
    "task-done",  # side; unit or node; a=task index
    "exploitation",  # unit: field initiative; hex=chosen target
    "halt",  # unit; a=cause code (1 supply, 2 losses, 3 stop line, 4 fuel, 5 rest),
    #          b=ammunition in hand, c=share of the ration eaten
    "dispersed-group",  # unit detached
    "politics",  # a=what, b=value
    "sickness",  # side; a=men fallen sick today (weekly), b=men returned
    "reserve-released",  # unit; a=trigger value
    "leader",  # node; a=change
    "pursuit",  # unit=pursued, other=pursuer; a=captured, b=dispersed, c=killed, d=share of its men
    "exchange",  # of the battle before it: a=commitment, b=fortune of the attacker's losses,
    #              c=of the defender's, d=armour unanswered, e=advantage V, above 0 he is losing
    "battleground",  # of the battle before it: a=posture code of the defender, b=works, c=1 wet
    #                  ground, d=coordination of the attackers, e=of the defenders
)
_EVENT_CODE = {name: code for code, name in enumerate(EVENT_NAMES)}
E_ARRIVAL = _EVENT_CODE["arrival"]
E_DEPARTURE = _EVENT_CODE["departure"]
E_REPLACEMENTS = _EVENT_CODE["replacements"]
E_WEATHER = _EVENT_CODE["weather"]
E_ORDER_SENT = _EVENT_CODE["order-sent"]
E_ORDER_RECEIVED = _EVENT_CODE["order-received"]
E_REQUEST = _EVENT_CODE["request"]
E_REFUSED = _EVENT_CODE["refused"]
E_PERMITTED = _EVENT_CODE["permitted"]
E_SILENCE = _EVENT_CODE["silence"]
E_CONTRARY_ORDER = _EVENT_CODE["contrary-order"]
E_LINKS_CUT = _EVENT_CODE["links-cut"]
E_BATTLE = _EVENT_CODE["battle"]
E_BROKEN_OFF = _EVENT_CODE["attack-broken-off"]
E_RETREAT = _EVENT_CODE["retreat"]
E_ROUT = _EVENT_CODE["rout"]
E_CAPTURE_MATERIAL = _EVENT_CODE["capture-material"]
E_SURRENDER = _EVENT_CODE["surrender"]
E_DESTROYED = _EVENT_CODE["destroyed"]
E_ENCIRCLED = _EVENT_CODE["encircled"]
E_RELIEVED = _EVENT_CODE["relieved"]
E_POCKET = _EVENT_CODE["pocket"]
E_STRAGGLERS = _EVENT_CODE["stragglers-return"]
E_SIEGE = _EVENT_CODE["siege-begins"]
E_ASSAULT_BEGINS = _EVENT_CODE["assault-begins"]
E_ASSAULT_ENDS = _EVENT_CODE["assault-ends"]
E_ZONE = _EVENT_CODE["zone-taken"]
E_CITY = _EVENT_CODE["city-taken"]
E_CONTROL = _EVENT_CODE["control"]
E_CROSSING = _EVENT_CODE["crossing"]
E_BRIDGE_OUT = _EVENT_CODE["bridge-out"]
E_BRIDGE_OPEN = _EVENT_CODE["bridge-open"]
E_RAIL_OPEN = _EVENT_CODE["rail-open"]
E_RAIL_DEMOLISHED = _EVENT_CODE["rail-demolished"]
E_ROAD_OPEN = _EVENT_CODE["road-open"]
E_SUPPLY_SHORT = _EVENT_CODE["supply-short"]
E_SUPPLY_CUT = _EVENT_CODE["supply-cut"]
E_DEPOT_LOST = _EVENT_CODE["depot-lost"]
E_AIR_BATTLE = _EVENT_CODE["air-battle"]
E_AIR_STRIKE = _EVENT_CODE["air-strike"]
E_AIRFIELD_LOST = _EVENT_CODE["airfield-lost"]
E_AIR_MOVE = _EVENT_CODE["air-move"]
E_AIR_DROP = _EVENT_CODE["air-drop"]
E_PEASANTS = _EVENT_CODE["peasants-disarm"]
E_GUERRILLA = _EVENT_CODE["guerrilla"]
E_REFUGEES = _EVENT_CODE["refugees"]
E_CIVILIANS = _EVENT_CODE["civilian-deaths"]
E_PHASE_OPENS = _EVENT_CODE["phase-opens"]
E_PHASE_ENDS = _EVENT_CODE["phase-ends"]
E_TASK_BEGINS = _EVENT_CODE["task-begins"]
E_TASK_DONE = _EVENT_CODE["task-done"]
E_EXPLOITATION = _EVENT_CODE["exploitation"]
E_HALT = _EVENT_CODE["halt"]
E_DETACHED = _EVENT_CODE["dispersed-group"]
E_POLITICS = _EVENT_CODE["politics"]
E_SICKNESS = _EVENT_CODE["sickness"]
E_RESERVE = _EVENT_CODE["reserve-released"]
E_LEADER = _EVENT_CODE["leader"]
E_PURSUIT = _EVENT_CODE["pursuit"]
E_EXCHANGE = _EVENT_CODE["exchange"]
E_BATTLEGROUND = _EVENT_CODE["battleground"]

# depots
(DP_BASE, DP_ARMY, DP_WAR_ZONE, DP_AIRFIELD, DP_LINE) = range(5)
DEPOT_NAMES = ("base", "army", "war-zone", "airfield", "line")
