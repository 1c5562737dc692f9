"""Words and phrases that keep their capitals in sentence case: those usual in writing about American schools.

A list can never be complete. It holds what titles of the field name often: languages and peoples, states, cities with
known community schools, laws, programs and organizations whose names look like ordinary words. A phrase protects its
words only where they stand together: “Head Start”, but “Start early”.
"""

PEOPLES_AND_LANGUAGES = """
    Africa | African | Africans | America | American | Americans | Americas | Arabic | Asia | Asian | Asians | Black
    Canada | Canadian | China | Chinese | Christian | Dutch | England | English | Europe | European | France
    French | German | Germany | Hawaiian | Hispanic | Hispanics | India | Indian | Indigenous | Irish | Islamic
    Italian | Italy | Japan | Japanese | Jewish | Korean | Latin | Latina | Latinas | Latine | Latino | Latinos
    Latinx | Mexican | Mexico | Muslim | Native | Navajo | Pacific Islander | Portuguese | Puerto Rican
    Puerto Rico | Russian | Scotland | Scottish | Spain | Spanish | Vietnamese | White House | Denmark | Taiwan
    Southeast Asia
"""

PLACES = """
    Alabama | Alaska | Arizona | Arkansas | California | Colorado | Connecticut | Delaware | District of Columbia
    Florida | Georgia | Hawaii | Idaho | Illinois | Indiana | Iowa | Kansas | Kentucky | Louisiana | Maine
    Maryland | Massachusetts | Michigan | Minnesota | Mississippi | Missouri | Montana | Nebraska | Nevada
    New Hampshire | New Jersey | New Mexico | New York | New York City | North Carolina | North Dakota | Ohio
    Oklahoma | Oregon | Pennsylvania | Rhode Island | South Carolina | South Dakota | Tennessee | Texas
    United States | Utah | Vermont | Virginia | Washington | West Virginia | Wisconsin | Wyoming | Appalachia
    Albuquerque | Atlanta | Baltimore | Boston | Bronx | Brooklyn | Buffalo | Chicago | Cincinnati | Cleveland
    Dallas | Denver | Detroit | Evansville | Hartford | Houston | Los Angeles | Milwaukee | Minneapolis
    Multnomah County | Nashville | New Haven | New Orleans | Oakland | Philadelphia | Pittsburgh | Portland
    Rochester | San Antonio | San Diego | San Francisco | Seattle | St. Louis | St. Paul | Tulsa | Tukwila
"""

LAWS_AND_PROGRAMS = """
    Tulsa Area Community School Initiative | Tulsa Area Community Schools Initiative
    New York City Community Schools Initiative | Community Schools National Awards for Excellence
    Early Childhood Education and Community Schools Linkages Project
    Affordable Care Act | Brown v. Board of Education | Child Nutrition Act | Common Core | Communities In Schools
    Congress | Every Student Succeeds Act | Full-Service Community Schools Program | Great Society | Head Start
    Job Corps | Medicaid | Medicare | No Child Left Behind | No Child Left Behind Act | Promise Neighborhoods
    Promise Zones | Race to the Top | Rural Education Achievement Program | Title I | Title II | Title IV
    War on Poverty
"""

ORGANIZATIONS = """
    Boys & Girls Clubs | Children’s Aid | Children’s Aid Society | Coalition for Community Schools
    Department of Education | Harlem Children’s Zone | Institute for Educational Leadership
    Learning Policy Institute | National Education Association | Supreme Court | United Way | YMCA
"""

PROPER = tuple(
    " ".join(phrase.split())
    for words in (PEOPLES_AND_LANGUAGES, PLACES, LAWS_AND_PROGRAMS, ORGANIZATIONS)
    for line in words.strip().splitlines()
    for phrase in line.split("|")
)
