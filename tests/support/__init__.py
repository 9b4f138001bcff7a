"""What tests of several floors share: real repositories made in a moment."""
