"""The command line, run by ./linli: Flask's own, without its development server, which must not shadow `run`."""

import click
from flask.cli import FlaskGroup

from app import create_app
from core.refusal import Refused


class Commands(FlaskGroup):
    """Prints a refusal as its sentence and ends with 1, so no command needs to."""

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            click.echo(str(refusal), err=True)
            ctx.exit(1)


main = Commands("linli", create_app=create_app, add_default_commands=False, add_version_option=False, load_dotenv=False)

if __name__ == "__main__":
    main(prog_name="linli")
