"""Which language a text is in."""

import pytest

from geo.article.language import guess


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministry said that the troops have left the province and that they were not replaced.", "en"),
        ("Le ministre a déclaré que les troupes ont quitté la province et que la trêve est respectée.", "fr"),
        ("Der Minister sagte, dass die Truppen das Gebiet verlassen und nicht mit dem Gegner reden.", "de"),
        ("El ministro dijo que las tropas salieron de la provincia y que los rebeldes no fueron atacados.", "es"),
        ("Bakan, bu bölge için bir anlaşma olarak daha sonra ve çok önemli bir adım olan", "tr"),
        ("قال الوزير إن القوات غادرت المحافظة", "ar"),
        ("Министр заявил, что войска покинули провинцию", "ru"),
        ("Idlib 2018", "en"),
        ("", "und"),
    ],
)
def test_the_language_is_told(text, code):
    assert guess(text) == code
