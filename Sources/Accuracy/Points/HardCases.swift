import Formulas

extension HardPoints {
    /// The numbers of a type nearest to a multiple of π/2.
    public static func nearQuarterTurns(_ precision: Precision) -> [Double] {
        precision == .float ? nearQuarterTurnsInFloat : nearQuarterTurnsInDouble
    }

    // For exponents over the whole range: best approximations by the continued fraction of 2^e·2/π with significands of 24 or
    // 53 bits.
    public static let nearQuarterTurnsInFloat: [Double] = [
        0x1.921fb6p0, 0x1.2d97c8p4, 0x1.f9cbe2p7, 0x1.f9cbe2p10, 0x1.17cc5p14, 0x1.04ccbcp18, 0x1.4ac55cp22, 0x1.4665d2p26,
        0x1.27a94ap30, 0x1.47d0fep34, 0x1.47d0fep36, 0x1.628d4cp40, 0x1.628d4cp44, 0x1.705312p48, 0x1.ee8172p52,
        0x1.00de68p56, 0x1.0f79ap60, 0x1.c82258p64, 0x1.a7624cp68, 0x1.cc0182p72, 0x1.13093p76, 0x1.13093p80, 0x1.8dc776p84,
        0x1.32ede2p86, 0x1.abb4bp90, 0x1.0b50eep94, 0x1.f37c8ap95, 0x1.f37c8ap96, 0x1.f37c8ap98, 0x1.7f4134p102,
        0x1.a5bcb2p106, 0x1.484dd6p110, 0x1.517106p114, 0x1.f99756p118, 0x1.074e1p122, 0x1.7b9b4p126,
    ]

    public static let nearQuarterTurnsInDouble: [Double] = [
        0x1.921fb54442d18p0, 0x1.6c6cbc45dc8dep6, 0x1.65a1dd290660fp16, 0x1.b951f1572eba5p24, 0x1.7512069b7430dp48,
        0x1.99caa5236feeap80, 0x1.0a68eca9141aap112, 0x1.504cac51f1eafp131, 0x1.5ad5a62cb1cc9p144, 0x1.d28d5c4c5e73bp176,
        0x1.e7e44a78ac18cp197, 0x1.33322fd48b212p224, 0x1.b2196364d750bp256, 0x1.3e51cbf3b4ecap288, 0x1.1a73ee3fd4ba9p304,
        0x1.3671f965e06e3p336, 0x1.64b413dd64fcbp368, 0x1.82f9a53010eefp400, 0x1.372ec0e7828ecp432, 0x1.f7af940f1167p464,
        0x1.7833fa59d0dfdp496, 0x1.2aa88328eba84p528, 0x1.6bf5d7abaf7c8p560, 0x1.4c96c11134d36p577, 0x1.5157705a306a2p608,
        0x1.668db30162b3dp640, 0x1.97e359bb79bb4p672, 0x1.3ecb76de9e4bep688, 0x1.87172196d5822p720, 0x1.1b21e01142fb4p752,
        0x1.6de1f1aefcdbfp784, 0x1.c2af3697047p816, 0x1.9ff0f3caccdbp848, 0x1.6ac5b262ca1ffp849, 0x1.6ac5b262ca1ffp850,
        0x1.cfe482285f8edp860, 0x1.e398fe7099b7ap880, 0x1.0332fe835389ap912, 0x1.4117573397d42p944, 0x1.408e81423ea13p976,
        0x1.e009c53148be1p992,
    ]

    /// Doubles at which a function's value lies nearest to the middle between two Doubles: some of those that V. Lefèvre's
    /// exhaustive searches found (V. Lefèvre, J.-M. Muller, "Worst cases for correct rounding of the elementary functions in
    /// double precision", 2001, and the lists published since).
    public static func hardToRound(_ operation: Operator) -> [Double] { hardToRoundCases[operation] ?? [] }

    private static let hardToRoundCases: [Operator: [Double]] = [
        .exp: [
            0x1.0122ef37212ebp-1, 0x1.0303c5638675fp-1, 0x1.2c5bb1feeeec9p-1, 0x1.5ea09434b2dbp-1, 0x1.f8f4a629ef9b1p-1,
            0x1.0138c96e1a075p+0, 0x1.6fbce05407de8p+0, 0x1.9e9cbbfd6080bp-31,
        ],
        .log: [
            0x1.a6ae5142326b5p+0, 0x1.efcbe699decc2p+0, 0x1.1f1f3da2014bbp+1, 0x1.b9f1fa4587967p+0, 0x1.006057e9892f7p+2,
            0x1.8c1186e26400ep+6, 0x1.38a3dbb5a6a4fp+10, 0x1.f9bd207cafe2fp+38, 0x1.a284508674c38p+41,
        ],
        .sin: [
            0x1.005023d32fee5p+1, 0x1.0102947e7003bp-3, 0x1.0b2c09782d99ap-22, 0x1.2c5650d34a03ap-5,
            0x1.5e5fe5d033da6p+0, 0x1.184a0aa58191dp-24, 0x1.6a8730cd13abcp-1, 0x1.2645db00c9b84p+1,
        ],
        .cos: [
            0x1.00147eec5cfa5p+0, 0x1.00786b0bf421p-2, 0x1.0f876ccdf6cd6p-25, 0x1.1b7a780b78b7cp-20, 0x1.273ebd3a4814fp-1,
            0x1.41bf5603f5ddp+0, 0x1.5504c91eb9e32p+0, 0x1.68b5f3a04d1d6p-14, 0x1.6b8a6273d7c21p+0,
        ],
        .tan: [
            0x1.005c4ae44e6cp+0, 0x1.0070ebbf6ca19p-3, 0x1.0dffffffd7f47p-16, 0x1.2b5f97a471a2ep-1, 0x1.1afd1ba827015p+0,
            0x1.44ba162332afp-1, 0x1.67fffffffe845p-19, 0x1.0a402fcc79291p-25, 0x1.1be4d14db9eb9p-6,
        ],
        .atan: [
            0x1.000321dec01a8p-10, 0x1.00046968c6c71p+11, 0x1.000adaedb43f3p+0, 0x1.00376e5478868p+0, 0x1.01ca0931857a7p+3,
            0x1.00aa39615214ep-23, 0x1.02c0e7bad8ce8p+44, 0x1.02a0a09250a15p+39, 0x1.01e031e16cc19p+43,
        ],
    ]
}
