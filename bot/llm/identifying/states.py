"""The states as an address writes them. They name no place small enough to tell who somebody is, and stay alone."""

_CODES = """
AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR
PA PR RI SC SD TN TX UT VA VT WA WI WV WY
"""
STATE_CODES = frozenset(_CODES.split())
STATE_NAMES = (
    *(
        "Alabama",
        "Alaska",
        "Arizona",
        "Arkansas",
        "California",
        "Colorado",
        "Connecticut",
        "Delaware",
        "Florida",
        "Georgia",
        "Hawaii",
    ),
    *(
        "Idaho",
        "Illinois",
        "Indiana",
        "Iowa",
        "Kansas",
        "Kentucky",
        "Louisiana",
        "Maine",
        "Maryland",
        "Massachusetts",
        "Michigan",
    ),
    *(
        "Minnesota",
        "Mississippi",
        "Missouri",
        "Montana",
        "Nebraska",
        "Nevada",
        "New Hampshire",
        "New Jersey",
        "New Mexico",
        "New York",
    ),
    *(
        "North Carolina",
        "North Dakota",
        "Ohio",
        "Oklahoma",
        "Oregon",
        "Pennsylvania",
        "Rhode Island",
        "South Carolina",
        "South Dakota",
    ),
    *("Tennessee", "Texas", "Utah", "Vermont", "West Virginia", "Virginia", "Washington", "Wisconsin", "Wyoming"),
)
# The space of "New York" as an escape, since a pattern may be read verbosely, where a plain one means nothing.
STATES = "|".join([*sorted(STATE_CODES), *(name.replace(" ", r"\ ") for name in STATE_NAMES)])
"""For a pattern, verbose or not."""
