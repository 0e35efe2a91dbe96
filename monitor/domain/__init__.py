"""The words of Likeness as frozen values, and the small protocols between rooms. Standard library only."""
