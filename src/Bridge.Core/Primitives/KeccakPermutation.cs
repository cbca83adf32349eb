using System.Runtime.CompilerServices;

namespace Bridge.Core;

/// <summary>
/// Keccak-f[1600] of as many states at once as a word holds: one text for all of them. Source: The Keccak reference, version 3.0,
/// section 1.2; a lane (x, y) is named by its plane, a to e, and x.
/// </summary>
internal static class KeccakPermutation
{
    public const int Lanes = 25;

    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    // Compiled in full at once: what is compiled ahead of time knows no vectors, and a first, quick version calls a method for each operation.
    /// <param name="state"><see cref="Lanes"/> words.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute<T>(Span<T> state)
        where T : struct, IKeccakWord<T>
    {
        state = state[..Lanes];
        // In local variables, and unrolled: three times as fast as loops over the span.
        T a0 = state[0], a1 = state[1], a2 = state[2], a3 = state[3], a4 = state[4];
        T b0 = state[5], b1 = state[6], b2 = state[7], b3 = state[8], b4 = state[9];
        T c0 = state[10], c1 = state[11], c2 = state[12], c3 = state[13], c4 = state[14];
        T d0 = state[15], d1 = state[16], d2 = state[17], d3 = state[18], d4 = state[19];
        T e0 = state[20], e1 = state[21], e2 = state[22], e3 = state[23], e4 = state[24];
        foreach (var constant in RoundConstants)
        {
            // Theta: each lane meets the parities of two columns.
            var p0 = a0 ^ b0 ^ c0 ^ d0 ^ e0;
            var p1 = a1 ^ b1 ^ c1 ^ d1 ^ e1;
            var p2 = a2 ^ b2 ^ c2 ^ d2 ^ e2;
            var p3 = a3 ^ b3 ^ c3 ^ d3 ^ e3;
            var p4 = a4 ^ b4 ^ c4 ^ d4 ^ e4;
            var q0 = p4 ^ T.RotateLeft(p1, 1);
            var q1 = p0 ^ T.RotateLeft(p2, 1);
            var q2 = p1 ^ T.RotateLeft(p3, 1);
            var q3 = p2 ^ T.RotateLeft(p4, 1);
            var q4 = p3 ^ T.RotateLeft(p0, 1);

            // Rho and pi: each lane is rotated and takes its place in another plane.
            var v0 = a0 ^ q0;
            var v1 = T.RotateLeft(b1 ^ q1, 44);
            var v2 = T.RotateLeft(c2 ^ q2, 43);
            var v3 = T.RotateLeft(d3 ^ q3, 21);
            var v4 = T.RotateLeft(e4 ^ q4, 14);
            var w0 = T.RotateLeft(a3 ^ q3, 28);
            var w1 = T.RotateLeft(b4 ^ q4, 20);
            var w2 = T.RotateLeft(c0 ^ q0, 3);
            var w3 = T.RotateLeft(d1 ^ q1, 45);
            var w4 = T.RotateLeft(e2 ^ q2, 61);
            var x0 = T.RotateLeft(a1 ^ q1, 1);
            var x1 = T.RotateLeft(b2 ^ q2, 6);
            var x2 = T.RotateLeft(c3 ^ q3, 25);
            var x3 = T.RotateLeft(d4 ^ q4, 8);
            var x4 = T.RotateLeft(e0 ^ q0, 18);
            var y0 = T.RotateLeft(a4 ^ q4, 27);
            var y1 = T.RotateLeft(b0 ^ q0, 36);
            var y2 = T.RotateLeft(c1 ^ q1, 10);
            var y3 = T.RotateLeft(d2 ^ q2, 15);
            var y4 = T.RotateLeft(e3 ^ q3, 56);
            var z0 = T.RotateLeft(a2 ^ q2, 62);
            var z1 = T.RotateLeft(b3 ^ q3, 55);
            var z2 = T.RotateLeft(c4 ^ q4, 39);
            var z3 = T.RotateLeft(d0 ^ q0, 41);
            var z4 = T.RotateLeft(e1 ^ q1, 2);

            // Chi, and iota in the first lane.
            a0 = v0 ^ T.AndNot(v2, v1);
            a1 = v1 ^ T.AndNot(v3, v2);
            a2 = v2 ^ T.AndNot(v4, v3);
            a3 = v3 ^ T.AndNot(v0, v4);
            a4 = v4 ^ T.AndNot(v1, v0);
            b0 = w0 ^ T.AndNot(w2, w1);
            b1 = w1 ^ T.AndNot(w3, w2);
            b2 = w2 ^ T.AndNot(w4, w3);
            b3 = w3 ^ T.AndNot(w0, w4);
            b4 = w4 ^ T.AndNot(w1, w0);
            c0 = x0 ^ T.AndNot(x2, x1);
            c1 = x1 ^ T.AndNot(x3, x2);
            c2 = x2 ^ T.AndNot(x4, x3);
            c3 = x3 ^ T.AndNot(x0, x4);
            c4 = x4 ^ T.AndNot(x1, x0);
            d0 = y0 ^ T.AndNot(y2, y1);
            d1 = y1 ^ T.AndNot(y3, y2);
            d2 = y2 ^ T.AndNot(y4, y3);
            d3 = y3 ^ T.AndNot(y0, y4);
            d4 = y4 ^ T.AndNot(y1, y0);
            e0 = z0 ^ T.AndNot(z2, z1);
            e1 = z1 ^ T.AndNot(z3, z2);
            e2 = z2 ^ T.AndNot(z4, z3);
            e3 = z3 ^ T.AndNot(z0, z4);
            e4 = z4 ^ T.AndNot(z1, z0);
            a0 ^= T.Same(constant);
        }
        (state[0], state[1], state[2], state[3], state[4]) = (a0, a1, a2, a3, a4);
        (state[5], state[6], state[7], state[8], state[9]) = (b0, b1, b2, b3, b4);
        (state[10], state[11], state[12], state[13], state[14]) = (c0, c1, c2, c3, c4);
        (state[15], state[16], state[17], state[18], state[19]) = (d0, d1, d2, d3, d4);
        (state[20], state[21], state[22], state[23], state[24]) = (e0, e1, e2, e3, e4);
    }
}
