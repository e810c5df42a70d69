## The laws that `simplify` and `equal` use, from left to right: each makes a program smaller or puts its parts in another order.
## Behind `where` stands the domain of those that do not hold everywhere; `number(?n)` is a literal number.

# Commutative.
law ?a + ?b     == ?b + ?a
law ?a * ?b     == ?b * ?a
law max(?a, ?b) == max(?b, ?a)
law min(?a, ?b) == min(?b, ?a)
law (?a == ?b)  == (?b == ?a)
law (?a != ?b)  == (?b != ?a)

# Neutral and absorbing elements.
law ?a + 0      == ?a
law ?a - 0      == ?a
law 0 - ?a      == -?a
law ?a * 1      == ?a
law ?a * -1     == -?a
law ?a * 0      == 0
law ?a / 1      == ?a
law ?a / -1     == -?a
law 0 / ?a      == 0 where ?a != 0
law ?a^1        == ?a
law ?a^0        == 1
law 1^?a        == 1
law 0^?a        == 0 where ?a > 0
law id(?a)      == ?a
law left(?a, _) == ?a

# Inverse elements.
law -(-?a)                == ?a
law ?a - ?a               == 0
law ?a + -?b              == ?a - ?b
law ?a - -?b              == ?a + ?b
law -(?a - ?b)            == ?b - ?a
law (?a + ?b) - ?b        == ?a
law (?a - ?b) + ?b        == ?a
law ?a - (?a - ?b)        == ?b
law ?a - (?a + ?b)        == -?b
law (?a - ?b) - ?a        == -?b
law (?a + ?c) - (?b + ?c) == ?a - ?b
law (?a - ?c) - (?b - ?c) == ?a - ?b
law ?a / ?a               == 1       where ?a != 0
law (?a * ?b) / ?b        == ?a      where ?b != 0
law (?a / ?b) * ?b        == ?a      where ?b != 0
law ?a / (?a / ?b)        == ?b      where ?a != 0 and ?b != 0
law ?a / (?a * ?b)        == 1 / ?b  where ?a != 0 and ?b != 0
law (?a / ?b) / ?a        == 1 / ?b  where ?a != 0 and ?b != 0
law 1 / (?a / ?b)         == ?b / ?a where ?a != 0 and ?b != 0
law ?a / (1 / ?b)         == ?a * ?b where ?b != 0
law ?a * (1 / ?b)         == ?a / ?b where ?b != 0
law (?a * ?c) / (?b * ?c) == ?a / ?b where ?b != 0 and ?c != 0
law (?a / ?c) / (?b / ?c) == ?a / ?b where ?b != 0 and ?c != 0
law -?a * -?b             == ?a * ?b
law -?a / -?b             == ?a / ?b where ?b != 0

# Literal numbers, where the computed one is exact.
law (?a + ?m) + ?n == ?a + (?m + ?n) where number(?m) and number(?n)
law (?a - ?m) + ?n == ?a + (?n - ?m) where number(?m) and number(?n)
law (?a + ?m) - ?n == ?a + (?m - ?n) where number(?m) and number(?n)
law (?a - ?m) - ?n == ?a - (?m + ?n) where number(?m) and number(?n)
law (?m - ?a) + ?n == (?m + ?n) - ?a where number(?m) and number(?n)
law (?m - ?a) - ?n == (?m - ?n) - ?a where number(?m) and number(?n)
law ?m - (?a + ?n) == (?m - ?n) - ?a where number(?m) and number(?n)
law ?m - (?a - ?n) == (?m + ?n) - ?a where number(?m) and number(?n)
law ?m - (?n - ?a) == ?a + (?m - ?n) where number(?m) and number(?n)
law -(?a + ?n)     == -?n - ?a       where number(?n)

law ?m * (?n * ?a) == (?m * ?n) * ?a where number(?m) and number(?n)
law ?m * (?a / ?n) == (?m / ?n) * ?a where number(?m) and number(?n) and ?n != 0
law ?m * (?n / ?a) == (?m * ?n) / ?a where number(?m) and number(?n) and ?a != 0
law (?m * ?a) / ?n == (?m / ?n) * ?a where number(?m) and number(?n) and ?n != 0
law (?a / ?m) / ?n == ?a / (?m * ?n) where number(?m) and number(?n) and ?m * ?n != 0
law ?m / (?n * ?a) == (?m / ?n) / ?a where number(?m) and number(?n) and ?n * ?a != 0
law ?m / (?a / ?n) == (?m * ?n) / ?a where number(?m) and number(?n) and ?n != 0 and ?a != 0
law -(?n * ?a)     == -?n * ?a       where number(?n)
law ?n * -?a       == -?n * ?a       where number(?n)
law -(?n / ?a)     == -?n / ?a       where number(?n) and ?a != 0
law ?n / -?a       == -?n / ?a       where number(?n) and ?a != 0
law -(?a / ?n)     == ?a / -?n       where number(?n) and ?n != 0
law -?a / ?n       == ?a / -?n       where number(?n) and ?n != 0

# Collecting.
law ?a + ?a                  == 2 * ?a
law -?a - ?a                 == -2 * ?a
law (?b + ?a) + ?a           == ?b + 2 * ?a
law (?b + ?m * ?a) + ?n * ?a == ?b + (?m + ?n) * ?a where number(?m) and number(?n)
law ?n * ?a + ?a             == (?n + 1) * ?a       where number(?n)
law ?n * ?a - ?a             == (?n - 1) * ?a       where number(?n)
law ?a - ?n * ?a             == (1 - ?n) * ?a       where number(?n)
law ?m * ?a + ?n * ?a        == (?m + ?n) * ?a      where number(?m) and number(?n)
law ?m * ?a - ?n * ?a        == (?m - ?n) * ?a      where number(?m) and number(?n)
law ?a * ?b + ?a * ?c        == ?a * (?b + ?c)
law ?a * ?b - ?a * ?c        == ?a * (?b - ?c)
law ?a / ?c + ?b / ?c        == (?a + ?b) / ?c      where ?c != 0
law ?a / ?c - ?b / ?c        == (?a - ?b) / ?c      where ?c != 0

# Associative: with the swaps above, sums and products have one order.
law ?a + (?b + ?c)       == (?a + ?b) + ?c
law (?a + ?b) + ?c       == (?a + ?c) + ?b
law ?a * (?b * ?c)       == (?a * ?b) * ?c
law (?a * ?b) * ?c       == (?a * ?c) * ?b
law max(?a, max(?b, ?c)) == max(max(?a, ?b), ?c)
law max(max(?a, ?b), ?c) == max(max(?a, ?c), ?b)
law min(?a, min(?b, ?c)) == min(min(?a, ?b), ?c)
law min(min(?a, ?b), ?c) == min(min(?a, ?c), ?b)
law (?a + ?b) - ?c       == (?a - ?c) + ?b
law (?a - ?c) + ?b       == (?b - ?c) + ?a
law (?a - ?b) - ?c       == (?a - ?c) - ?b
law (?a * ?b) / ?c       == (?a / ?c) * ?b where ?c != 0
law (?a / ?c) * ?b       == (?b / ?c) * ?a where ?c != 0
law (?a / ?b) / ?c       == (?a / ?c) / ?b where ?b != 0 and ?c != 0

# A minus moves outwards.
law -?a * ?b      == -(?a * ?b)
law -?a / ?b      == -(?a / ?b)    where ?b != 0
law ?a / -?b      == -(?a / ?b)    where ?b != 0
law cube(-?a)     == -cube(?a)
law sign(-?a)     == -sign(?a)
law sin(-?a)      == -sin(?a)
law tan(-?a)      == -tan(?a)      where cos(?a) != 0
law sinh(-?a)     == -sinh(?a)
law tanh(-?a)     == -tanh(?a)
law asinh(-?a)    == -asinh(?a)
law atan(-?a)     == -atan(?a)
law erf(-?a)      == -erf(?a)
law round(-?a)    == -round(?a)
law clip(-?a, ?b) == -clip(?a, ?b) where ?b >= 0

# Even functions.
law abs(-?a)        == abs(?a)
law square(-?a)     == square(?a)
law cos(-?a)        == cos(?a)
law cosh(-?a)       == cosh(?a)
law sinc(-?a)       == sinc(?a)
law abs(?a - ?b)    == abs(?b - ?a)
law square(?a - ?b) == square(?b - ?a)
law cos(?a - ?b)    == cos(?b - ?a)
law cosh(?a - ?b)   == cosh(?b - ?a)
law square(abs(?a)) == square(?a)
law cos(abs(?a))    == cos(?a)
law cosh(abs(?a))   == cosh(?a)
law sinc(abs(?a))   == sinc(?a)

# Odd functions that increase.
law abs(cube(?a))  == cube(abs(?a))
law abs(sinh(?a))  == sinh(abs(?a))
law abs(tanh(?a))  == tanh(abs(?a))
law abs(asinh(?a)) == asinh(abs(?a))
law abs(atan(?a))  == atan(abs(?a))
law abs(erf(?a))   == erf(abs(?a))

# Idempotent.
law abs(abs(?a))           == abs(?a)
law sign(sign(?a))         == sign(?a)
law relu(relu(?a))         == relu(?a)
law floor(floor(?a))       == floor(?a)
law floor(round(?a))       == round(?a)
law round(floor(?a))       == floor(?a)
law round(round(?a))       == round(?a)
law clip(clip(?a, ?b), ?b) == clip(?a, ?b) where ?b >= 0
law (?a % ?b) % ?b         == ?a % ?b      where ?b != 0
law max(?a, ?a)            == ?a
law min(?a, ?a)            == ?a
law max(max(?a, ?b), ?b)   == max(?a, ?b)
law min(min(?a, ?b), ?b)   == min(?a, ?b)

# Larger and smaller, signs and absolute values.
law max(?a, ?b)                   == ?a            where ?a >= ?b
law min(?a, ?b)                   == ?b            where ?a >= ?b
law max(?a, min(?a, ?b))          == ?a
law min(?a, max(?a, ?b))          == ?a
law max(min(?a, ?c), min(?b, ?c)) == min(max(?a, ?b), ?c)
law min(max(?a, ?c), max(?b, ?c)) == max(min(?a, ?b), ?c)
law max(?a + ?c, ?b + ?c)         == max(?a, ?b) + ?c
law min(?a + ?c, ?b + ?c)         == min(?a, ?b) + ?c
law max(-?a, -?b)                 == -min(?a, ?b)
law min(-?a, -?b)                 == -max(?a, ?b)
law max(?a, -?a)                  == abs(?a)
law min(?a, -?a)                  == -abs(?a)
law max(abs(?a), ?a)              == abs(?a)
law min(abs(?a), ?a)              == ?a
law max(abs(?a), -?a)             == abs(?a)
law min(abs(?a), -?a)             == -?a
law max(relu(?a), ?a)             == relu(?a)
law min(relu(?a), ?a)             == ?a
law max(relu(?a), -?a)            == abs(?a)
law min(relu(?a), -?a)            == -relu(?a)
law max(relu(?a), abs(?a))        == abs(?a)
law min(relu(?a), abs(?a))        == relu(?a)
law max(exp(?a), ?a)              == exp(?a)
law min(exp(?a), ?a)              == ?a
law max(exp(?a), relu(?a))        == exp(?a)
law min(exp(?a), relu(?a))        == relu(?a)
law max(exp(?a), sigmoid(?a))     == exp(?a)
law min(exp(?a), sigmoid(?a))     == sigmoid(?a)
law max(?a + ?b, ?a)              == ?a + relu(?b)
law max(2 * ?a, ?a)               == ?a + relu(?a)
law max(?a, 0)                    == relu(?a)
law max(exp(?a), exp(?b))         == exp(max(?a, ?b))
law min(exp(?a), exp(?b))         == exp(min(?a, ?b))
law relu(?a)                      == ?a            where ?a >= 0
law relu(?a)                      == 0             where ?a <= 0
law relu(?a) - relu(-?a)          == ?a
law relu(?a) + relu(-?a)          == abs(?a)
law abs(?a) + ?a                  == 2 * relu(?a)
law relu(?n * ?a)                 == ?n * relu(?a) where number(?n) and ?n > 0
law abs(?n * ?a)                  == ?n * abs(?a)  where number(?n) and ?n > 0
law ?a * (?a > 0)                 == relu(?a)
law abs(?a)                       == ?a            where ?a >= 0
law abs(?a) * abs(?b)             == abs(?a * ?b)
law abs(?a) / abs(?b)             == abs(?a / ?b)  where ?b != 0
law sign(?a)                      == 1             where ?a > 0
law sign(?a)                      == -1            where ?a < 0
law sign(?a) * ?a                 == abs(?a)
law sign(?a) * abs(?a)            == ?a
law sign(?a) * sign(?b)           == sign(?a * ?b)
law clip(?a, ?b)                  == ?a            where abs(?a) <= ?b

# Comparisons.
law (?a < ?a)  == 0
law (?a > ?a)  == 0
law (?a != ?a) == 0
law (?a <= ?a) == 1
law (?a >= ?a) == 1
law (?a == ?a) == 1
law (?a < ?b)  == 1 where ?a < ?b
law (?a < ?b)  == 0 where ?a >= ?b
law (?a > ?b)  == 1 where ?a > ?b
law (?a > ?b)  == 0 where ?a <= ?b
law (?a <= ?b) == 1 where ?a <= ?b
law (?a <= ?b) == 0 where ?a > ?b
law (?a >= ?b) == 1 where ?a >= ?b
law (?a >= ?b) == 0 where ?a < ?b
law (?a == ?b) == 0 where ?a != ?b
law (?a != ?b) == 1 where ?a != ?b

# Powers and roots.
law ?a * ?a                 == square(?a)
law ?a^2                    == square(?a)
law ?a^3                    == cube(?a)
law ?a^0.5                  == sqrt(?a)        where ?a >= 0
law (?b * ?a) * ?a          == ?b * square(?a)
law square(?a) * ?a         == cube(?a)
law square(?a) / ?a         == ?a              where ?a != 0
law cube(?a) / ?a           == square(?a)      where ?a != 0
law cube(?a) / square(?a)   == ?a              where ?a != 0
law square(?a) * square(?b) == square(?a * ?b)
law square(?a) / square(?b) == square(?a / ?b) where ?b != 0
law cube(?a) * cube(?b)     == cube(?a * ?b)
law cube(?a) / cube(?b)     == cube(?a / ?b)   where ?b != 0
law sqrt(square(?a))        == abs(?a)
law square(sqrt(?a))        == ?a              where ?a >= 0
law sqrt(?a) * sqrt(?b)     == sqrt(?a * ?b)   where ?a >= 0 and ?b >= 0
law sqrt(?a) / sqrt(?b)     == sqrt(?a / ?b)   where ?a >= 0 and ?b > 0
law ?a / sqrt(?a)           == sqrt(?a)        where ?a > 0
law (?a^?m)^?n              == ?a^(?m * ?n)    where number(?m) and number(?n) and ?a > 0
law ?a^?m * ?a^?n           == ?a^(?m + ?n)    where number(?m) and number(?n) and ?a > 0
law ?a^?m / ?a^?n           == ?a^(?m - ?n)    where number(?m) and number(?n) and ?a > 0
law ?a^?n * ?a              == ?a^(?n + 1)     where number(?n) and ?a > 0
law ?a^?n / ?a              == ?a^(?n - 1)     where number(?n) and ?a > 0
law ?a^?c * ?b^?c           == (?a * ?b)^?c    where ?a > 0 and ?b > 0

# Exponentials and logarithms.
law log(exp(?a))      == ?a
law exp(log(?a))      == ?a           where ?a > 0
law exp(-log(?a))     == 1 / ?a       where ?a > 0
law exp(?a * log(?b)) == ?b^?a        where ?b > 0
law exp(?a) * exp(?b) == exp(?a + ?b)
law exp(?a) / exp(?b) == exp(?a - ?b)
law exp(2 * ?a)       == square(exp(?a))
law 1 / exp(?a)       == exp(-?a)
law log(?a) + log(?b) == log(?a * ?b) where ?a > 0 and ?b > 0
law log(?a) - log(?b) == log(?a / ?b) where ?a > 0 and ?b > 0
law log(1 / ?a)       == -log(?a)     where ?a > 0

# Sigmoids.
law ?b / (1 + exp(-?a))          == ?b * sigmoid(?a)
law 1 - sigmoid(?a)              == sigmoid(-?a)
law sigmoid(?a) + sigmoid(-?a)   == 1
law 2 * sigmoid(2 * ?a) - 1      == tanh(?a)
law log(1 + exp(?a))             == softplus(?a)
law softplus(?a) - softplus(-?a) == ?a
law softplus(?a) - ?a            == softplus(-?a)
law -log(sigmoid(-?a))           == softplus(?a)

# Trigonometric and hyperbolic functions.
law sin(?a) / cos(?a)                     == tan(?a)  where cos(?a) != 0
law tan(?a) * cos(?a)                     == sin(?a)  where cos(?a) != 0
law sin(?a) / ?a                          == sinc(?a) where ?a != 0
law sinc(?a) * ?a                         == sin(?a)
law square(sin(?a)) + square(cos(?a))     == 1
law 1 - square(sin(?a))                   == square(cos(?a))
law 1 - square(cos(?a))                   == square(sin(?a))
law sin(?a) * cos(?b) + cos(?a) * sin(?b) == sin(?a + ?b)
law sin(?a) * cos(?b) - cos(?a) * sin(?b) == sin(?a - ?b)
law cos(?a) * cos(?b) - sin(?a) * sin(?b) == cos(?a + ?b)
law cos(?a) * cos(?b) + sin(?a) * sin(?b) == cos(?a - ?b)
law tan(atan(?a))                         == ?a
law sinh(?a) / cosh(?a)                   == tanh(?a)
law tanh(?a) * cosh(?a)                   == sinh(?a)
law square(cosh(?a)) - square(sinh(?a))   == 1
law sinh(asinh(?a))                       == ?a
law asinh(sinh(?a))                       == ?a
