"""The command line, run by ./linli: Flask's own without its built-in commands, of which `run` would shadow ours."""

from flask.cli import FlaskGroup

from app import create_app

main = FlaskGroup(name="linli", create_app=create_app, add_default_commands=False, add_version_option=False, load_dotenv=False)

if __name__ == "__main__":
    main(prog_name="linli")
