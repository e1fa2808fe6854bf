"""Sentences full of numbers, none of which is a date."""

import pytest

from hsec_wagtail.dates import find_dates

ENGLISH = [
    # Versions and software.
    "Upgrade from 4.2.1 to 4.2.10, not to 5.0; build 2001.4.17.3 was withdrawn.",
    "The pages are 1024 by 768, in HTML 4.01, and h1 2004px is too large.",
    "Set the port to 2003-8080 and the mask to 255.255.240.0/20.",
    "Files report-2003.txt, 2003_05_12.log and img2004.jpg were lost.",
    # Sections, figures, names.
    "See sections 3.4 to 3.12, tables 5-7 and pages 1998, 2001 and 2003.",
    "Chapter 12, article 5 (2) and paragraphs 1999 to 2004 apply.",
    "Route 2000, Suite 1905, Room 12-14, Building 5/6.",
    "Flight 2180 left gate 17 at 12:03 with 7 May Day supporters.",
    "Mars, Mercury and Venus; Jan, April and June Carter; the 12 of March Street.",
    # Telephones, addresses, identifiers.
    "Call 613-944-2000, +44 20 7946 1998 or (0)12 05 20 03 45.",
    "ISBN 0-12-051999-7, ISSN 1700-2003, DOI 10.1999/2004.05.12.",
    "A/RES/55/2001, S/PV.4100, CD/1878/Add.2 and NPT/CONF/18 were tabled.",
    # Money, measures, statistics.
    "It cost $2,003 or CAD 1,999.50, up from US$ 1950 and €2000.",
    "Between 1800 and 2500 households; 1999 per cent; 2001 km; 1950 m.",
    "About 2000 farmers, over 1900 mines, 1850 students and 2004 pieces.",
    "Scores of 12-5, 3/4 and 7:2; a ratio of 5/12 to 2000/3000.",
    "The first half was won 3 to 2, the second quarter lost, the third of 12 unplayed.",
    # Times.
    "Open from 9:00 to 17:30, at 12:05:20 and 20:03; 24/7; 3Q, 1H and H2O.",
    "On Monday 12 May, from June to September, or at Christmas.",
    # Laws and resolutions.
    "Resolutions 1325, 1612 and 1820; Bill C-2003; Law 12/2003; Decree 5-2003.",
    "Under section 2001 of Act 12-1999 and directive 03/2004.",
    "No. 12/2003, No 5, and issue 1999.",
]
FRENCH = [
    "Passer de la version 4.2.1 à 4.2.10, sans aller jusqu’à 5.0.",
    "Voir les sections 3.4 à 3.12, les pages 1998 et 2001 et l’article 2003.",
    "Appelez le 613 944-2000, le 01 45 20 03 12 ou le poste 1999.",
    "Il coûtait 2 003,50 $, puis 1999 $ et 2000 euros.",
    "Entre 1800 et 2500 ménages, plus de 1900 mines et environ 2000 paysans.",
    "Ouvert de 9 h 30 à 17 h 45, à 12h05 et à 20h03, du lundi au vendredi.",
    "Du 3 mai au 5 juin, en mars, à Noël et le premier avril.",
    "La loi 12/2003, le décret 5-2003, la résolution 1325 et la norme ISO 2000.",
    "La loi n° 2003-12 et la décision 1999-00 s’appliquent.",
    "Le premier trimestre, la première moitié et le T3 étaient bons; le S2 aussi.",
    "Il a été vu en été; le score était de 3 à 2, soit 5/12.",
]


@pytest.mark.parametrize("sentence", ENGLISH)
def test_no_date_is_found_in_english_numbers(sentence):
    assert find_dates(sentence, language="en") == []
    assert find_dates(sentence, language="en-US") == []


@pytest.mark.parametrize("sentence", FRENCH)
def test_no_date_is_found_in_french_numbers(sentence):
    assert find_dates(sentence, language="fr") == []


@pytest.mark.parametrize("sentence", [*ENGLISH, *FRENCH])
def test_no_date_is_found_by_a_reader_of_both_languages(sentence):
    assert find_dates(sentence, language="") == []
