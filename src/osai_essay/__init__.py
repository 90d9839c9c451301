"""osai_essay: data essays whose words, charts and data cannot drift apart."""

__version__ = "0.1.0"
