"""The examples of entries that APA Style shows in public, with the facts of each as a record."""

from resources.kinds import Kind, Scheme
from tests.resources.records import person, record

PAGES = "https://apastyle.apa.org/style-grammar-guidelines/references/examples/"

# (page of the example, its facts as a record, the entry)
EXAMPLES = [
    (
        PAGES + "journal-article-references",
        record(
            "Emotions in Storybooks",
            subtitle="A Comparison of Storybooks That Represent Ethnic and Racial Groups in the United States",
            kind=Kind.ARTICLE,
            authors=[
                person("Grady", "Jessica S."),
                person("Her", "Mary"),
                person("Moreno", "Geena"),
                person("Perez", "Claudia"),
                person("Yelinek", "Jillian"),
            ],
            issued=(2019,),
            container="Psychology of Popular Media Culture",
            volume="8",
            number="3",
            page_range="207-217",
            identifiers=[(Scheme.DOI, "10.1037/ppm0000185")],
        ),
        "Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in storybooks: A comparison of "
        "storybooks that represent ethnic and racial groups in the United States. *Psychology of Popular Media "
        "Culture*, *8*(3), 207–217. https://doi.org/10.1037/ppm0000185",
    ),
    (
        PAGES + "book-references",
        record(
            "The Psychology of Prejudice",
            subtitle="From Attitudes to Social Action",
            kind=Kind.BOOK,
            authors=[person("Jackson", "Lynne M.")],
            publishers=["American Psychological Association"],
            issued=(2019,),
            edition="Second edition",
            identifiers=[(Scheme.DOI, "10.1037/0000168-000")],
        ),
        "Jackson, L. M. (2019). *The psychology of prejudice: From attitudes to social action* (2nd ed.). American "
        "Psychological Association. https://doi.org/10.1037/0000168-000",
    ),
    (
        PAGES + "book-references",
        record(
            "Early Childhood Education: Values and Practices in Denmark",
            kind=Kind.BOOK,
            editors=[person("Hygum", "Erik"), person("Pedersen", "Peter M.")],
            publishers=["Hans Reitzels Forlag"],
            issued=(2010,),
            places=("Denmark",),
            links=("https://earlychildhoodeducation.digi.hansreitzel.dk/",),
        ),
        "Hygum, E., & Pedersen, P. M. (Eds.). (2010). *Early childhood education: Values and practices in Denmark*. "
        "Hans Reitzels Forlag. https://earlychildhoodeducation.digi.hansreitzel.dk/",
    ),
    (
        PAGES + "book-references",
        record(
            "Nanotechnology Based Approaches for Tuberculosis Treatment",
            kind=Kind.BOOK,
            editors=[person("Kesharwani", "Prashant")],
            publishers=["Academic Press"],
            issued=(2020,),
        ),
        "Kesharwani, P. (Ed.). (2020). *Nanotechnology based approaches for tuberculosis treatment*. Academic Press.",
    ),
    (
        PAGES + "edited-book-chapter-references",
        record(
            "Culinary Arts: Talent and Their Development",
            kind=Kind.CHAPTER,
            authors=[person("Aron", "Laurent"), person("Botella", "Marion"), person("Lubart", "Todd")],
            editors=[
                person("Subotnik", "Rena F."),
                person("Olszewski-Kubilius", "Paula"),
                person("Worrell", "Frank C."),
            ],
            publishers=["American Psychological Association"],
            issued=(2019,),
            container="The Psychology of High Performance: Developing Human Potential into Domain-Specific Talent",
            page_range="345-359",
            identifiers=[(Scheme.DOI, "10.1037/0000120-016")],
        ),
        "Aron, L., Botella, M., & Lubart, T. (2019). Culinary arts: Talent and their development. In R. F. Subotnik, "
        "P. Olszewski-Kubilius, & F. C. Worrell (Eds.), *The psychology of high performance: Developing human "
        "potential "
        "into domain-specific talent* (pp. 345–359). American Psychological Association. "
        "https://doi.org/10.1037/0000120-016",
    ),
    (
        PAGES + "report-government-agency-references",
        record(
            "Taking Time: Support for People with Cancer",
            kind=Kind.REPORT,
            authors=["National Cancer Institute"],
            publishers=["U.S. Department of Health and Human Services, National Institutes of Health"],
            issued=(2019,),
            identifiers=[(Scheme.REPORT_NUMBER, "NIH Publication No. 18-2059")],
            links=("https://www.cancer.gov/publications/patient-education/takingtime.pdf",),
        ),
        "National Cancer Institute. (2019). *Taking time: Support for people with cancer* (NIH Publication No. "
        "18-2059). "
        "U.S. Department of Health and Human Services, National Institutes of Health. "
        "https://www.cancer.gov/publications/patient-education/takingtime.pdf",
    ),
    (
        PAGES + "report-individual-authors-references",
        record(
            "Human Exploration of Mars: Preliminary Lists of Crew Tasks",
            kind=Kind.REPORT,
            authors=[
                person("Stuster", "Jack"),
                person("Adolf", "Jurine"),
                person("Byrne", "Vicky"),
                person("Greene", "Maya"),
            ],
            publishers=["National Aeronautics and Space Administration"],
            issued=(2018,),
            places=("Mars",),
            identifiers=[(Scheme.REPORT_NUMBER, "NASA/CR-2018-220043")],
        ),
        "Stuster, J., Adolf, J., Byrne, V., & Greene, M. (2018). *Human exploration of Mars: Preliminary lists of "
        "crew "
        "tasks* (Report No. NASA/CR-2018-220043). National Aeronautics and Space Administration.",
    ),
    (
        PAGES + "data-set-references",
        record(
            "Cognitive Effects of Music and Dance Training in Children",
            kind=Kind.DATA,
            authors=[person("D’Souza", "Annalise"), person("Wiseheart", "Melody")],
            publishers=["ICPSR"],
            issued=(2018,),
            edition="Version V1",
            identifiers=[(Scheme.REPORT_NUMBER, "ICPSR 37080"), (Scheme.DOI, "10.3886/ICPSR37080.v1")],
        ),
        "D’Souza, A., & Wiseheart, M. (2018). *Cognitive effects of music and dance training in children* (ICPSR "
        "37080; "
        "Version V1) [Data set]. ICPSR. https://doi.org/10.3886/ICPSR37080.v1",
    ),
    (
        PAGES + "youtube-references",
        record(
            "Soft Robotic Gripper for Jellyfish",
            kind=Kind.VIDEO,
            authors=["Harvard University"],
            issued=(2019, 8, 28),
            container="YouTube",
            links=("https://www.youtube.com/watch?v=guRoWTYfxMs",),
        ),
        "Harvard University. (2019, August 28). *Soft robotic gripper for jellyfish* [Video]. YouTube. "
        "https://www.youtube.com/watch?v=guRoWTYfxMs",
    ),
    (
        PAGES + "webpage-website-references",
        record(
            "The Top 10 Causes of Death",
            kind=Kind.PAGE,
            authors=["World Health Organization"],
            publishers=["World Health Organization"],
            issued=(2018, 5, 24),
            links=("https://www.who.int/news-room/fact-sheets/detail/the-top-10-causes-of-death",),
        ),
        "World Health Organization. (2018, May 24). *The top 10 causes of death*. "
        "https://www.who.int/news-room/fact-sheets/detail/the-top-10-causes-of-death",
    ),
]
