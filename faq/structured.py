"""Questions as https://schema.org/FAQPage has them."""


def faq_page(questions):
    """A dict for JSON-LD; the questions have their blocks. Answers are plain text: the short one, then the full one."""
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.title,
                "acceptedAnswer": {"@type": "Answer", "text": _answer(question)},
            }
            for question in questions
        ],
    }


def _answer(question):
    words = [question.summary, *(block.words() for block in question.blocks)]
    return "\n\n".join(filter(None, words))
