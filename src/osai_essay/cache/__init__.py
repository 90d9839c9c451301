"""What a build need not do again: nothing at all (stamp), or what is made of the same (memo)."""
