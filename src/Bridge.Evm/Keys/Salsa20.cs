using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bridge.Evm;

/// <summary>
/// The Salsa20/8 core, RFC 7914 section 3, on four lanes. The 4 x 4 matrix is kept by diagonals, so that its columns, and after turning
/// the lanes its rows, are mixed four at a time; scrypt keeps that order throughout, see <see cref="Place"/>.
/// </summary>
internal static unsafe class Salsa20
{
    private static readonly int[] Diagonals = [0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11];

    internal readonly record struct Block(Vector128<uint> A, Vector128<uint> B, Vector128<uint> C, Vector128<uint> D)
    {
        public static Block Load(uint* p) => new(Vector128.Load(p), Vector128.Load(p + 4), Vector128.Load(p + 8), Vector128.Load(p + 12));

        public void Store(uint* p)
        {
            A.Store(p);
            B.Store(p + 4);
            C.Store(p + 8);
            D.Store(p + 12);
        }

        public static Block operator ^(Block x, Block y) => new(x.A ^ y.A, x.B ^ y.B, x.C ^ y.C, x.D ^ y.D);
    }

    /// <summary>Where in the RFC's order the i-th word of ours stands.</summary>
    public static int Place(int i) => (i & ~15) | Diagonals[i & 15];

    public static Block Core8(Block block)
    {
        var (a, b, c, d) = (block.A, block.B, block.C, block.D);
        for (var round = 0; round < 4; round++)
        {
            b ^= Turn(a + d, 7);
            c ^= Turn(b + a, 9);
            d ^= Turn(c + b, 13);
            a ^= Turn(d + c, 18);

            // Rows: the lanes of b, c, d turn by three, two, one.
            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
            d ^= Turn(a + b, 7);
            c ^= Turn(d + a, 9);
            b ^= Turn(c + d, 13);
            a ^= Turn(b + c, 18);
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
        }
        return new Block(block.A + a, block.B + b, block.C + c, block.D + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Turn(Vector128<uint> words, int bits) => (words << bits) | (words >>> (32 - bits));
}
