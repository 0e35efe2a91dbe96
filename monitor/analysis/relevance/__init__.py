"""Whether an amount or a day that an answer gives is meant for a fact: learnt from labelled answers, read with numpy.

`vectors` knows which words mean alike, `spoken` holds the words of a place against those of the facts, `traits` says
what speaks for and against a value, `model` weighs these by a `net` and `trees`, `choosing` gives each value to one
fact or to none. `learning` teaches nets, `boosting` grows trees.
"""
