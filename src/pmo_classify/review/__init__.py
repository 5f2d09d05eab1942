"""The round trip with a person: doubtful titles out, decisions back in."""
