"""The index of all doors: the pages of every area and the commands of those that have any, in the order they are taken in."""

from blueprints.accounts import views as accounts
from blueprints.ballots import cli as ballots_cli
from blueprints.ballots import prints as polls
from blueprints.ballots import views as ballots
from blueprints.boards import cli as boards_cli
from blueprints.boards import member_prints, own, reporting, typing_in, yearly
from blueprints.boards import prints as board_prints
from blueprints.boards import public as boards_public
from blueprints.boards import reviewing as commitments
from blueprints.boards import views as boards
from blueprints.bodies import prints as body_prints
from blueprints.bodies import views as contacts
from blueprints.cobuilding import prints as cobuilding_prints
from blueprints.cobuilding import views as cobuilding
from blueprints.disclosures import desk as disclosures_desk
from blueprints.disclosures import views as disclosures
from blueprints.elections import views as elections
from blueprints.evaluation import appraisal_pages, slip_desk
from blueprints.evaluation import prints as evaluation_prints
from blueprints.evaluation import public as voice
from blueprints.evaluation import views as evaluation
from blueprints.home import views as home
from blueprints.inservice import inquiries
from blueprints.inservice import prints as inservice_prints
from blueprints.inservice import views as inservice
from blueprints.jobs import views as jobs_pages
from blueprints.links import views as links
from blueprints.meetings import (
    after_desk,
    attendance_desk,
    chair_pages,
    invitations,
    record_desk,
    reminders,
    resolutions,
    series_desk,
    unit_pages,
)
from blueprints.meetings import cli as meetings_cli
from blueprints.meetings import residents as meetings_public
from blueprints.meetings import uploads as meeting_files
from blueprints.meetings import views as meetings
from blueprints.notices import cli as notices_cli
from blueprints.notices import drafting as notices_desk
from blueprints.notices import paper_desk as notice_prints
from blueprints.notices import views as notices
from blueprints.office import calendar, communities, preferences
from blueprints.office import cli as office_cli
from blueprints.office import retention_page as keeping
from blueprints.office import views as office
from blueprints.organisation import places, responsible
from blueprints.organisation import views as organisation
from blueprints.papers import register as papers_desk
from blueprints.papers import views as papers
from blueprints.people import cli as people_cli
from blueprints.people import importing, portraits
from blueprints.people import views as people
from blueprints.plans import views as plans
from blueprints.sharing import views as sharing
from blueprints.sixones import views as sixones
from blueprints.suggestions import box_prints as suggestion_boxes
from blueprints.suggestions import cli as suggestions_cli
from blueprints.suggestions import desk as suggestion_desk
from blueprints.suggestions import months as suggestion_months
from blueprints.suggestions import prints as suggestion_prints
from blueprints.suggestions import queue as suggestion_queue
from blueprints.suggestions import views as suggestions
from blueprints.visits import views as visits
from blueprints.workaccess import views as workaccess

PAGES = (
    home, office, accounts, organisation, places, responsible, people, importing, portraits, boards,
    boards_public, commitments, board_prints, reporting, yearly, typing_in, member_prints, own, links, papers,
    jobs_pages, cobuilding, cobuilding_prints, sharing, plans, sixones, body_prints, workaccess, inservice,
    inquiries, inservice_prints, contacts, notices, notices_desk, suggestions, suggestion_desk,
    suggestion_prints, papers_desk, notice_prints, disclosures, disclosures_desk, meetings, resolutions,
    meetings_public, ballots, polls, calendar, suggestion_queue, suggestion_boxes, suggestion_months,
    preferences, series_desk, meeting_files, invitations, attendance_desk, record_desk, after_desk, reminders,
    unit_pages, chair_pages, keeping, visits, elections, communities, evaluation, slip_desk, voice,
    appraisal_pages, evaluation_prints,
)  # fmt: skip
COMMANDS = (
    office_cli, people_cli, boards_cli, meetings_cli, notices_cli, ballots_cli, suggestions_cli,
)  # fmt: skip
