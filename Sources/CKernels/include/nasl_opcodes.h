// The interpreter's opcodes: the same numbers as in NaslExpr/Primitive+Opcodes.swift (a test holds them together).
#pragma once
#include <stdint.h>

// One line for each primitive: opcode, number, name in the language.
#define NASL_PRIMITIVES(ROW)                                                                                                        \
    ROW(NEG, 0, "neg") ROW(ABS, 1, "abs") ROW(SIGN, 2, "sign") ROW(SQUARE, 3, "square") ROW(CUBE, 4, "cube") ROW(SQRT, 5, "sqrt")    \
    ROW(EXP, 6, "exp") ROW(LOG, 7, "log") ROW(SIN, 8, "sin") ROW(COS, 9, "cos") ROW(TAN, 10, "tan") ROW(SINH, 11, "sinh")            \
    ROW(COSH, 12, "cosh") ROW(TANH, 13, "tanh") ROW(ASINH, 14, "asinh") ROW(ATAN, 15, "atan") ROW(SINC, 16, "sinc")                  \
    ROW(SIGMOID, 17, "sigmoid") ROW(RELU, 18, "relu") ROW(SOFTPLUS, 19, "softplus") ROW(ERF, 20, "erf") ROW(GELU, 21, "gelu")        \
    ROW(FLOOR, 22, "floor") ROW(ROUND, 23, "round") ROW(ID, 24, "id")                                                                \
    ROW(ADD, 32, "add") ROW(SUB, 33, "sub") ROW(MUL, 34, "mul") ROW(DIV, 35, "div") ROW(POW, 36, "pow") ROW(MAX, 37, "max")          \
    ROW(MIN, 38, "min") ROW(MOD, 39, "mod") ROW(CLIP, 40, "clip") ROW(LEFT, 41, "left") ROW(LESS, 42, "less")                        \
    ROW(LESS_OR_EQUAL, 43, "less_or_equal") ROW(GREATER, 44, "greater") ROW(GREATER_OR_EQUAL, 45, "greater_or_equal")                \
    ROW(EQUAL, 46, "equals") ROW(NOT_EQUAL, 47, "not_equals")                                                                        \
    ROW(SELECT, 56, "select") ROW(NOISE, 57, "noise") ROW(DROP, 58, "drop")

enum {
#define ROW(symbol, number, name) NASL_##symbol = number,
    NASL_PRIMITIVES(ROW)
#undef ROW
    // Made by the compiler of programs, without a name in the language: a * b + c, a * b - c, c - a * b.
    NASL_MULTIPLY_ADD = 64,
    NASL_MULTIPLY_SUBTRACT = 65,
    NASL_SUBTRACT_PRODUCT = 66,
};

/// The primitive's name in the language, NULL where there is none of that number.
const char *nasl_opcode_name(int32_t opcode);
