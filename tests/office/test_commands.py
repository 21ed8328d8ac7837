"""Commands on files and ports that cannot be used: a sentence and no traceback."""

from tests.commands import linli


def test_a_file_that_cannot_be_written_is_told_in_words(tmp_path):
    instance = tmp_path / "instance"
    linli("init", "--community", "梅苑社区", "--account", "书记", stdin="\n", instance=instance)
    for words in (("export", "members", tmp_path / "none" / "x.xlsx"), ("backup", tmp_path / "none" / "x.zip")):
        told = linli(*words, instance=instance, check=False)
        assert told.returncode == 1
        assert told.stderr.startswith("不能读写")
        assert "Traceback" not in told.stderr
    told = linli("run", "--port", "99999", instance=instance, check=False)
    assert (told.returncode, "Traceback" in told.stderr) == (2, False)
