"""What the people of the demonstration write: narratives, reasons, and what they are good at."""

NARRATIVES = {
    "Simple assault": (
        "An argument in the lunch line went on after class. {name} pushed another student twice, and the "
        "other student fell against a locker. A teacher parted them. No weapon, no lasting injury.",
        "During a pickup basketball game {name} struck another player after a foul. Witnesses agree on it.",
    ),
    "Theft": (
        "{name} took a phone from a bench in the locker room. It was found in the backpack the same day.",
        "A bicycle was taken from an open garage. {name} was seen riding it and told the officer at once.",
    ),
    "Communicating threats": (
        "{name} sent messages to a classmate over one evening that threatened a fight. The messages are "
        "with the report.",
    ),
    "Shoplifting": (
        "{name} put two shirts under a jacket and passed the registers. Staff stopped {name} at the door. "
        "The goods were returned undamaged.",
        "{name} and a friend opened earphones in an aisle and kept them. Value $34.99.",
        "Make-up worth $22 was found in {name}'s bag after the alarm rang.",
    ),
    "Vandalism": (
        "{name} sprayed a tag on the back wall of the recreation center. Cleaning cost the town $180.",
        "Three windows of a parked school bus were scratched. A camera shows {name} and two others.",
    ),
    "Possession of marijuana": (
        "An officer of the school found less than half an ounce in {name}'s coat. {name} said whose it was.",
    ),
    "Fight in a public place": (
        "Four young people fought at the bus transfer. {name} was one of two who started it.",
    ),
    "Disorderly conduct at school": (
        "{name} shouted at a substitute teacher, threw a chair and left the room. Nobody was hit.",
        "After two warnings {name} went on disturbing the assembly and was led out.",
    ),
    "Trespassing": (
        "{name} was found on the roof of the closed skating hall with friends, late in the evening.",
    ),
    "Possession of alcohol": (
        "{name} had two cans of beer at the homecoming game. Parents were called and came.",
    ),
    "Vaping at school": ("{name} was found vaping in a restroom for the third time this term.",),
    "Truancy": ("{name} has missed nineteen days without excuse since the term began.",),
    "Arson": ("{name} set fire to a trash container behind a shop. The fire reached a fence.",),
    "Weapon on school grounds": ("A folding knife was found in {name}'s locker.",),
}

PLACES = (
    "Cross Creek Mall",
    "Massey Middle School",
    "Seventy-First Avenue bus stop",
    "Lake Rim Park",
    "the parking lot behind the cinema",
    "Westover recreation center",
    "",
)

SHOPS = ("Corner Market", "Belk & Daughters", "Sun Drugstore", "Big Wheel Bikes", "Parks and Recreation")

STRENGTHS = (
    "Draws every day; keeps a sketchbook and showed it.",
    "Looks after two younger brothers after school, cooks for them.",
    "Plays trombone in the marching band. Never misses practice.",
    "Repairs bicycles with an uncle on weekends.",
    "Speaks two languages and interprets for a grandmother at the doctor's.",
    "Runs track; the coach came along to the interview to say so.",
    "Good with numbers. Helps a neighbor with her market stall.",
    "Sings in church. Says singing is when the head is quiet.",
    "Builds computers from parts; would like to teach others.",
    "Kind to animals; walks three dogs of the street for nothing.",
)
INTERESTS = ("Step team", "Robotics club", "Cooking", "Skateboarding", "Poetry", "Football", "Nursing", "")
OWN_WORDS = (
    "I was angry and I did not stop. I think about her face.",
    "It was a dare. I knew it was wrong when I did it.",
    "My friends did it too, but I did it, so it is on me.",
    "I wanted them to see me. That is not a reason.",
    "",
)
SCHOOL_LIFE = (
    "B and C grades, two days absent this term. Likes history.",
    "Failing algebra, passing the rest. One suspension last year.",
    "On the honor roll until this year; grades fell after the move.",
    "Attends well. Teachers describe a quiet student.",
)
HOME_LIFE = (
    "Lives with mother and two brothers. Mother works nights.",
    "Lives with grandparents since spring. Sees father on weekends.",
    "Both parents at home. The family moved here in summer.",
    "Lives with an aunt. Father is deployed.",
)

FINDINGS = {
    "owns_it": (
        "Told it straight, without blaming the others.",
        "Said “I did it” before anybody asked.",
        "First spoke of the friends, then of their own part.",
        "Still says it was mostly the other person.",
    ),
    "sees_impact": (
        "Spoke of the mother missing a shift because of this.",
        "Knows that the shop keeper had to stay late, and that she no longer greets them.",
        "Sees what it did to the family, less what it did to the person harmed.",
        "Had not thought of the person harmed before tonight.",
    ),
    "sees_need": (
        "Has already changed who they sit with on the bus.",
        "Says anger is the problem and wants help with it.",
        "Thinks staying out of trouble is enough.",
        "Wants things to be as before.",
    ),
    "is_ready": (
        "Asked whether they could begin on Saturday.",
        "Offered to write the apology before we spoke of one.",
        "Will do it if the hours can be near home.",
        "Agreed, because the mother did.",
    ),
}

NOTES = {
    "harm": "The shop keeper, who stayed late; the mother, who lost a shift; the brothers, who saw it.",
}

BUILDS = {
    "service": (
        "Gives something back to the neighborhood it happened in.",
        "Good with their hands, so let them use them for others.",
        "Time with adults who will notice good work.",
    ),
    "jury_duty": ("Sees a case from the other side of the table.", "Will know what a panel hopes to hear."),
    "workshop": ("Ways to stop before it goes wrong.", "Meets others who are working on the same thing."),
    "apology": ("The person harmed asked for it.", "To say it to the one it was done to."),
    "essay": ("To think about the evening once more, slowly.",),
    "tutoring": ("Algebra is what makes school hard just now.",),
    "restitution": ("Half of the cost of cleaning the wall.",),
    "other": ("To talk once with somebody who does this for a living.",),
}

OUTSIDE_REASONS = (
    "Cares for a disabled brother every day; fewer hours are fair here.",
    "The respondent asked for more hours, at the place that was harmed.",
)
OVERRIDES = (
    "The earlier matter was small and well finished; the school asks for one more chance here.",
    "The fire was out in a minute and nobody was near; the fire marshal supports it.",
)
ADJOURNMENT_NOTES = {"other": "The road is flooded; the sheriff asks people to stay at home."}
JUROR_EXCUSES = ("Fever.", "Exam tomorrow.", "No ride tonight.")
PIN_REASON = "Asked to lead a panel this evening."
INTERPRETER = "Ms. Vera, county interpreters"
WITHHELD = "Left before the first hearing."
REOPENED = "A juror who came late was written down as not come."
BAR_REASON = "Would rather not sit in this room tonight."
CONFLICTS = ("I was in the same summer camp.", "We play on the same team.", "My cousin dates their sister.")
OBJECTIONS = (
    "The mother says this juror was rude to her daughter at the bus stop.",
    "They had a quarrel once.",
)
QUESTIONS_TO_PANEL = (
    "The bus does not run to that site on Sundays. Can the hours be done in the time you gave?",
    "You found that the person harmed was not thought of. What in the plan answers that?",
)
CHANGE_REASONS = (
    "School exams fall in these weeks; the hours are brought nearer to what can be done.",
    "The panel's reasons ask for more time with others, so I order a little more of it.",
)
AMENDMENT_REASONS = (
    "Broke a wrist in practice; the remaining hours are lowered on the doctor's letter.",
    "The family moved across the county; the hours are set anew with a site there.",
)
REMARKS = (
    "The mother cried when the shop was named. They had not spoken about it at home.",
    "Answered every question, and looked at the jurors while doing so.",
    "The bus home ends at seven on weekdays; think of it when hours are set.",
)
REJECTION = "We talked at home. We would rather see the counselor of the court."
APPEAL = "He helps his uncle on Saturdays. We ask for fewer hours, or for more time."
APPEAL_STANDS = "There are three months for it, and the pantry is open on weekdays too."
APPEAL_WON = "One week more, until the season at his uncle's shop is over."
EXTENSION_REASONS = ("Was ill for two weeks.", "The site closed over the holidays.", "Exams.")
EXCUSAL_REASONS = ("The seminar was cancelled twice by us.", "The tutor left; school now gives the help.")
RETURN_NOTES = {
    "plan_not_completed": (
        "Four calls and two letters. Some hours were done at the start, then nothing came any more.",
        "Came to one sitting of jury duty, then stopped answering. The essay was handed in.",
    ),
    "new_offence": ("A new complaint was filed in another county while the plan was under way.",),
    "moved": ("The family moved out of state; the new address is with this letter.",),
    "failed_to_appear": ("Did not come to the hearing. Nobody could be reached before or after.",),
    "plan_rejected": ("The family said no to the plan when it was read out. Nothing was begun.",),
    "other": ("The agency asked for the case back.",),
}
WITHDRAWALS = ("The family prefers to see the juvenile counselor.", "The father thinks it takes too long.")
DECLINE_NOTES = {
    "no_contact": "Five calls on different days and a letter; no answer.",
    "family_declined": "The mother prefers the district court.",
    "no_admission": "Says it was somebody else. That has to be heard elsewhere.",
    "other": "The complaint was taken back by the agency.",
}
SITES = (
    ("Second Harvest pantry", "406 Deep Creek Road"),
    ("Animal shelter", "3704 Corporation Drive"),
    ("Massey Hill library", "1411 Camden Road"),
    ("Habitat store", "310 Green Street"),
    ("Lake Rim Park", "2214 Tar Kiln Drive"),
    ("Westover recreation center", "267 Bonanza Drive"),
    ("St. Ann's kitchen", "357 Cool Spring Street"),
)
SUPERVISORS = (
    "Sr. Ruth Amaro",
    "Mr. Haddock",
    "Ms. Pine",
    "Deacon Lyle",
    "Coach Reyes",
    "Ms. 林",
    "Mr. Ofori",
)
WORKSHOP_LEADERS = ("Ms. Bright (anger)", "Mr. Sol (choices)", "Nurse Okoro (health)")

SAID_BY_GUARDIAN = (
    "We talked for a long time that night. No phone for two weeks. I would like a plan that keeps the "
    "evenings full, and somebody older to talk to."
)
JUDGES_NOTE = "Looks at the mother before each answer. Ask once more whose idea it was."
