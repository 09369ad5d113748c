"""Reads what Telegram Desktop exports of a chat (result.json): a message with text is an article.

What a message carries from elsewhere stays apart from who sent it: `forwarded_from` is whose words they are. Of a chat
between private persons no names are passed on, unless asked.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from helpers.files.errors import InputError
from helpers.inputs.input_articles import Options
from helpers.inputs.json_stream import Stream
from helpers.inputs.records import Record
from helpers.inputs.telegram_exports import KEYS

PRIVATE = ("personal_chat", "private_group", "private_supergroup", "bot_chat", "saved_messages")
CHANNELS = ("public_channel", "private_channel")  # the channel itself speaks
ADVICE = "export one chat of Telegram Desktop as JSON, or give a list of objects"


def messages(
    stream: Stream, path: Path, options: Options, say: Callable[[str], object] = lambda line: None
) -> Iterator[Record]:
    """A record for each message that has text, of the object that begins here.

    say       is called at the end with the number of what was left out: service messages, messages without text
    Raises    InputError, one line, for an object that is no export of a chat.
    """
    chat: dict[str, Any] = {}
    stream.expect("{")
    while not stream.take("}"):
        key = stream.value()
        stream.expect(":")
        if key == "messages" and stream.next() == "[":
            if not set(KEYS) <= set(chat):
                raise InputError(
                    f"{path}: not as Telegram Desktop writes a chat (its name, type or id is missing); {ADVICE}"
                )
            yield from _of_chat(chat, stream.elements(), path, options, say)
            return
        if key == "chats":
            raise InputError(f"{path}: the export of a whole Telegram account; export one chat at a time")
        chat[str(key)] = stream.value()
        if not stream.take(","):
            break
    raise InputError(f"{path}: one JSON object, neither a list of articles nor a chat of Telegram; {ADVICE}")


def _of_chat(
    chat: dict[str, Any], found: Iterator[Any], path: Path, options: Options, say: Callable[[str], object]
) -> Iterator[Record]:
    private = chat["type"] in PRIVATE and not options.private
    service = empty = 0
    for number, message in enumerate(found, 1):
        if not isinstance(message, dict):
            yield Record(f"message {number}", wrong="not a message; export the chat again")
        elif message.get("type") != "message":
            service += 1
        elif not (text := said_in(message.get("text"))).strip():
            empty += 1
        else:
            place = f"message {message.get('id', number)}"
            values = _about(chat, message, private)
            yield Record(
                place, {options.id_column: f"{chat['id']}-{message.get('id')}", options.text_column: text} | values
            )
    counted = {"service messages": service, "messages without text": empty}
    if left := [f"{what} ({number:,})" for what, number in counted.items() if number]:
        say(f"{path}: left out: {', '.join(left)}")
    if private:
        say(f"{path}: a private chat, so names of its members are left out; keep them with --private")


def said_in(text: object) -> str:
    """The text of a message, of its pieces: plain texts, and objects with a type (a link, bold) and a text.

    >>> said_in(["قال ", {"type": "bold", "text": "الوزير"}, " إن"])
    'قال الوزير إن'
    """
    if isinstance(text, str):
        return text
    pieces = text if isinstance(text, list) else []
    return "".join(
        piece if isinstance(piece, str) else str(piece.get("text", ""))
        for piece in pieces
        if isinstance(piece, str | dict)
    )


def _about(chat: dict[str, Any], message: dict[str, Any], private: bool) -> dict[str, object]:
    """What is known of a message, by the names that articles have for it."""
    channel = chat["type"] in CHANNELS
    about = {
        "outlet": None if chat["type"] in PRIVATE else chat["name"],
        "date": message.get("date"),
        "author": None if private else message.get("author") if channel else message.get("from"),
        "forwarded_from": _forwarded(message, private),
        "edited": message.get("edited"),
        "reply_to_message_id": message.get("reply_to_message_id"),
    }
    return {key: str(value) for key, value in about.items() if value not in (None, "")}


def _forwarded(message: dict[str, Any], private: bool) -> object:
    """From whom a message is forwarded. In a private chat it is said that it is, and only of a channel from which."""
    if "forwarded_from" not in message:
        return None
    of_channel = str(message.get("forwarded_from_id", "")).startswith("channel")
    if private and not of_channel:
        return "(name left out)"
    return message["forwarded_from"] or "(deleted account)"
