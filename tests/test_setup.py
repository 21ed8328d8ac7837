"""./linli on a machine where something is missing: what it prints where, and when it does the work again."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import boot

HERE = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")


@pytest.fixture
def clone(tmp_path):
    """The script beside a boot.py that makes an environment of this very Python, and a command line that echoes."""
    folder = tmp_path / "a folder with spaces"
    for name in ("linli", *LOCKS):
        folder.mkdir(exist_ok=True)
        shutil.copy2(HERE / name, folder / name)
    shutil.copytree(HERE / "docs", folder / "docs")
    (folder / "boot.py").write_text(
        "import os, pathlib, sys\n"
        "print('packages of', sys.argv[1])\n"
        "assert sys.stdin.read() == ''\n"
        "bin = pathlib.Path(__file__).parent / '.venv/bin'\n"
        "bin.mkdir(parents=True, exist_ok=True)\n"
        f"(bin / 'python').exists() or (bin / 'python').symlink_to({sys.executable!r})\n"
    )
    (folder / "command_line.py").write_text("import sys\nprint(sys.argv[1:], sys.stdin.read(), sys.flags.utf8_mode)\n")
    return folder


def linli(folder, *arguments, given="", **environment):
    return subprocess.run(
        [folder / "linli", *arguments], input=given, text=True, capture_output=True, cwd="/", timeout=60,
        env={**os.environ, "LINLI_LOCALE": "zh", **environment},
    )  # fmt: skip


def test_script_is_plain_shell():
    assert subprocess.run(["sh", "-n", HERE / "linli"]).returncode == 0
    assert subprocess.run(["bash", "-n", HERE / ".ci/run"]).returncode == 0


def test_steps_leave_input_and_output_to_the_command(clone):
    first = linli(clone, "import", "members", "a b.xlsx", "--json", given="一行\n")
    assert first.returncode == 0, first.stderr
    assert first.stdout == "['import', 'members', 'a b.xlsx', '--json'] 一行\n 1\n"
    assert "packages of run" in first.stderr


def test_second_call_does_nothing_but_the_command(clone):
    linli(clone, "check")
    second = linli(clone, "check")
    assert (second.returncode, second.stderr) == (0, "")
    assert "'check'" in second.stdout


def test_new_lock_installs_again(clone):
    linli(clone, "check")
    with open(clone / "requirements.txt", "a") as lock:
        lock.write("# renewed\n")
    assert "packages of run" in linli(clone, "check").stderr
    assert "packages of run" not in linli(clone, "check").stderr


def test_exchanged_python_installs_again(clone):
    linli(clone, "check")
    other = clone / "other-python"
    other.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    other.chmod(0o755)
    (clone / ".venv/bin/python").unlink()
    (clone / ".venv/bin/python").symlink_to(other)
    assert "packages of run" in linli(clone, "check").stderr


def test_failed_installation_leaves_no_stamp(clone):
    good = (clone / "boot.py").read_text()
    (clone / "boot.py").write_text(good + "sys.exit('no network')\n")
    failed = linli(clone, "check")
    assert failed.returncode == 1
    assert "no network" in failed.stderr
    assert failed.stdout == ""
    (clone / "boot.py").write_text(good)
    assert linli(clone, "check").returncode == 0


def test_test_environment_serves_commands_too(clone):
    assert "packages of test" in linli(clone, "setup", "test").stderr
    assert linli(clone, "check").stderr == ""


def test_missing_packages_without_rights_name_one_line(clone, tmp_path):
    """The test's own tools stand in for a machine without libraries, whose user is not root and may not sudo."""
    script = (clone / "linli").read_text()
    (clone / "linli").write_text(script.replace("/usr/lib", "/nowhere").replace("/usr/share/fonts", "/nowhere"))
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, text in (("id", "echo 1000"), ("sudo", "exit 1"), ("apt-get", "exit 99")):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    refused = linli(clone, "check", PATH=f"{tools}:{os.environ['PATH']}")
    assert (refused.returncode, refused.stdout) == (1, "")
    lines = [line for line in refused.stderr.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    assert all(name in lines[0] for name in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-cjk"))
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize(("known", "chosen"), [("libharfbuzz0b", "libharfbuzz0b"), ("", "libharfbuzz-subset0")])
def test_a_package_goes_by_the_name_this_release_knows(clone, tmp_path, known, chosen):
    script = (clone / "linli").read_text()
    (clone / "linli").write_text(script.replace("/usr/lib", "/nowhere"))
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, text in (("id", "echo 1000"), ("sudo", "exit 1"), ("apt-get", "exit 99"), ("apt-cache", f'[ "$2" = "{known}" ]')):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    line = linli(clone, "check", PATH=f"{tools}:{os.environ['PATH']}").stderr.splitlines()[-1]
    assert chosen in line.split()
    assert "|" not in line


def test_where_no_newer_python_can_be_had_it_says_which_setting_helps(capfd, monkeypatch):
    monkeypatch.setenv("LINLI_LOCALE", "zh")
    with pytest.raises(SystemExit):
        boot.newer_python("false", {})
    assert "UV_PYTHON_INSTALL_MIRROR" in capfd.readouterr().err


def test_help_needs_nothing_installed(clone):
    for locale, word in (("zh", "用法"), ("en", "Usage")):
        answer = linli(clone, "help", LINLI_LOCALE=locale)
        assert answer.returncode == 0
        assert word in answer.stdout
    assert not (clone / ".venv").exists()


def test_help_lists_every_command():
    from areas import COMMANDS

    every = click.Group()
    for area in COMMANDS:
        area.register(every)
    for text in ((HERE / "docs/commands.txt").read_text(), (HERE / "docs/commands.en.txt").read_text()):
        words = set(re.findall(r"[a-z-]+", text))
        for name, command in every.commands.items():
            assert name in words, f"./linli help does not name {name}"
            assert set(getattr(command, "commands", ())) <= words, f"./linli help does not name all verbs of {name}"


def test_readme_starts_with_two_commands():
    start = re.search(r"```sh\n(.*?)```", (HERE / "README.md").read_text(), re.S).group(1)
    assert re.findall(r"^\./linli \w+", start, re.M) == ["./linli run", "./linli test"]


@pytest.mark.parametrize("name", LOCKS)
def test_locks_carry_hashes_for_both_machines(name):
    lock = (HERE / name).read_text()
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) >= 1
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==\S+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]
    assert "://" not in lock


def test_test_lock_holds_what_is_served():
    served, tested = (set(re.findall(r"^\S+==\S+", (HERE / name).read_text(), re.M)) for name in LOCKS[:2])
    assert served <= tested


def test_every_package_has_its_reason():
    reasons = (HERE / "docs/dependencies.md").read_text()
    for name in ("requirements.in", "requirements-dev.in"):
        for line in (HERE / name).read_text().splitlines():
            if not line.startswith("-"):
                package = re.match(r"[a-z0-9-]+", line).group()
                assert re.search(rf"(?<![\w-]){package}(?![\w-])", reasons), f"docs/dependencies.md: {package}"


def project_files():
    """Every file of the project, tools' folders apart; the clone may stand on a machine without git."""
    for folder, below, names in os.walk(HERE):
        below[:] = [name for name in below if name not in ("instance", "__pycache__") and not name.startswith(".")]
        yield from (Path(folder, name) for name in names)


def test_no_file_names_a_package_index():
    index = re.compile(rb"(--(extra-)?index-url|find-links)[ =]\S*:/" + rb"/|https?:/" + rb"/[^\s/]+/(simple|pypi|repository)\b")
    texts = [path for path in project_files() if path.suffix not in (".otf", ".ttf", ".xlsx", ".png")]
    assert HERE / "requirements.txt" in texts
    assert [path for path in texts if index.search(path.read_bytes())] == []


def test_boot_runs_on_old_pythons():
    ast.parse((HERE / "boot.py").read_text(), feature_version=(3, 7))


def test_pip_settings_reach_uv(monkeypatch):
    """The environment is nearer than [install], and that than [global]; what is set for uv itself stays."""
    listing = "global.index-url='https://far.example/a'\ninstall.index-url='https://mid.example/b'\n"
    listing += ":env:.find-links='/wheels\\n/more'\nglobal.timeout='5'\n"
    for name in list(os.environ):
        if name.startswith(("UV_", "PIP_")):
            monkeypatch.delenv(name)
    pip = [sys.executable, "-c", f"print({listing!r}, end='')"]
    env = boot.environment(pip)
    assert env["UV_DEFAULT_INDEX"] == env["PIP_INDEX_URL"] == "https://mid.example/b"
    assert env["UV_FIND_LINKS"] == "/wheels,/more"
    assert env["PIP_NO_INDEX"] == "0"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/c")
    assert boot.environment(pip)["UV_DEFAULT_INDEX"] == "https://own.example/c"


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """Where the folder of packages would lie, in a folder with a blank in its name."""
    folder = tmp_path / "lin li" / "wheels"
    folder.parent.mkdir()
    monkeypatch.setattr(boot, "WHEELS", str(folder))
    return folder


def test_where_packages_lie_beside_the_program_no_network_is_asked(wheels, monkeypatch):
    monkeypatch.setenv("PIP_FIND_LINKS", "/else/where")
    assert boot.environment(None)["PIP_NO_INDEX"] == "0"
    wheels.mkdir()
    env = boot.environment(None)
    assert env["PIP_NO_INDEX"] == "1"
    assert env["PIP_FIND_LINKS"] == env["UV_FIND_LINKS"] == wheels.as_uri()
    assert " " not in wheels.as_uri()


PIP = """import pathlib, sys
if "download" in sys.argv:
    folder = pathlib.Path(sys.argv[sys.argv.index("-d") + 1])
    folder.mkdir()
    (folder / "a.whl").write_text(" ".join(sys.argv))
    sys.exit({code})
"""


def test_packages_are_fetched_with_their_hashes(wheels, tmp_path):
    wheels.mkdir()
    (wheels / "old.whl").touch()
    boot.fill_wheels([sys.executable, "-c", PIP.format(code=0)])
    assert [file.name for file in wheels.iterdir()] == ["a.whl"]
    asked = (wheels / "a.whl").read_text()
    assert all(word in asked for word in ("--require-hashes", "/requirements.txt", "/requirements-uv.txt"))


def test_a_folder_half_filled_is_none(wheels):
    with pytest.raises(SystemExit):
        boot.fill_wheels([sys.executable, "-c", PIP.format(code=1)])
    assert not wheels.exists()


def test_a_folder_that_lacks_packages_says_so(wheels, capfd, monkeypatch):
    monkeypatch.setenv("LINLI_LOCALE", "zh")
    wheels.mkdir()
    with pytest.raises(SystemExit):
        boot.run([sys.executable, "-c", "import sys; sys.exit(1)"], {})
    assert "./linli wheels" in capfd.readouterr().err


def test_old_uv_is_passed_over(tmp_path):
    for version, good in (("0.4.9", False), ("0.5.0", True), ("1.0.0", True)):
        path = tmp_path / f"uv-{version}"
        path.write_text(f"#!/bin/sh\necho 'uv {version}'\n")
        path.chmod(0o755)
        assert boot.good_uv(str(path)) is good
    assert boot.good_uv(str(tmp_path / "absent")) is False
