"""The one room that knows LangChain: model factory, structured calls, grounding, redaction."""
