/// The opcodes, the same numbers as in `CKernels/include/nasl_opcodes.h` (a test holds them together).
extension Primitive {
    public static var neg: Primitive { Primitive(opcode: 0) }
    public static var abs: Primitive { Primitive(opcode: 1) }
    public static var sign: Primitive { Primitive(opcode: 2) }
    public static var square: Primitive { Primitive(opcode: 3) }
    public static var cube: Primitive { Primitive(opcode: 4) }
    public static var sqrt: Primitive { Primitive(opcode: 5) }
    public static var exp: Primitive { Primitive(opcode: 6) }
    public static var log: Primitive { Primitive(opcode: 7) }
    public static var sin: Primitive { Primitive(opcode: 8) }
    public static var cos: Primitive { Primitive(opcode: 9) }
    public static var tan: Primitive { Primitive(opcode: 10) }
    public static var sinh: Primitive { Primitive(opcode: 11) }
    public static var cosh: Primitive { Primitive(opcode: 12) }
    public static var tanh: Primitive { Primitive(opcode: 13) }
    public static var asinh: Primitive { Primitive(opcode: 14) }
    public static var atan: Primitive { Primitive(opcode: 15) }
    public static var sinc: Primitive { Primitive(opcode: 16) }
    public static var sigmoid: Primitive { Primitive(opcode: 17) }
    public static var relu: Primitive { Primitive(opcode: 18) }
    public static var softplus: Primitive { Primitive(opcode: 19) }
    public static var erf: Primitive { Primitive(opcode: 20) }
    public static var gelu: Primitive { Primitive(opcode: 21) }
    public static var floor: Primitive { Primitive(opcode: 22) }
    public static var round: Primitive { Primitive(opcode: 23) }
    public static var id: Primitive { Primitive(opcode: 24) }

    public static var add: Primitive { Primitive(opcode: 32) }
    public static var sub: Primitive { Primitive(opcode: 33) }
    public static var mul: Primitive { Primitive(opcode: 34) }
    public static var div: Primitive { Primitive(opcode: 35) }
    public static var pow: Primitive { Primitive(opcode: 36) }
    public static var max: Primitive { Primitive(opcode: 37) }
    public static var min: Primitive { Primitive(opcode: 38) }
    public static var mod: Primitive { Primitive(opcode: 39) }
    public static var clip: Primitive { Primitive(opcode: 40) }
    public static var left: Primitive { Primitive(opcode: 41) }
    public static var less: Primitive { Primitive(opcode: 42) }
    public static var lessOrEqual: Primitive { Primitive(opcode: 43) }
    public static var greater: Primitive { Primitive(opcode: 44) }
    public static var greaterOrEqual: Primitive { Primitive(opcode: 45) }
    public static var equal: Primitive { Primitive(opcode: 46) }
    public static var notEqual: Primitive { Primitive(opcode: 47) }

    public static var select: Primitive { Primitive(opcode: 56) }
}
