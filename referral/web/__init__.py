"""The site around the chat: what its pages share, and the rooms for the public, for programs and for coordinators."""
