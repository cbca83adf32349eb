namespace Bridge.Core.Tests.Transparency;

/// <summary>Against the reference tree of Certificate Transparency, and against the definition itself for every small tree.</summary>
public class MerkleTests
{
    private static readonly string[] Entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private const string A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private const string B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private const string C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private const string D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private const string E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private const string F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

    [Fact]
    public void The_reference_trees_have_their_roots()
    {
        MerkleHash.Empty.ToString().ShouldBe("0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (var size = 1; size <= Roots.Length; size++) Root(Leaves(size)).ShouldBe(Hash(Roots[size - 1]), $"size {size}");
    }

    [Theory]
    [InlineData(0, 8, A, B, C)]
    [InlineData(5, 8, D, E, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", B, D)]
    public void The_reference_inclusion_proofs_are_made_and_hold(int index, int size, params string[] proof)
    {
        var leaves = Leaves(size);
        Proof(leaves, MerkleProof.Inclusion((ulong)index, (ulong)size)).ShouldBe(proof.Select(Hash));
        MerkleProof.ProvesInclusion([.. proof.Select(Hash)], (ulong)index, (ulong)size, leaves[index], Hash(Roots[size - 1])).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 8, A, B, C)]
    [InlineData(6, 8, F, E, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, B, D)]
    public void The_reference_consistency_proofs_are_made_and_hold(int first, int second, params string[] proof)
    {
        Proof(Leaves(second), MerkleProof.Consistency((ulong)first, (ulong)second)).ShouldBe(proof.Select(Hash));
        MerkleProof.ProvesConsistency([.. proof.Select(Hash)], (ulong)first, (ulong)second, Hash(Roots[first - 1]), Hash(Roots[second - 1])).ShouldBeTrue();
    }

    [Fact]
    public void Every_leaf_of_every_small_tree_is_proven_at_its_place_alone()
    {
        var all = Many(67);
        for (var size = 1; size <= all.Count; size++)
        {
            var (leaves, root) = (all.Take(size).ToList(), Root(all.Take(size).ToList()));
            for (var index = 0; index < size; index++)
            {
                var proof = Proof(leaves, MerkleProof.Inclusion((ulong)index, (ulong)size));
                bool Holds(IReadOnlyList<Hash32> path, int at, int of, Hash32 leaf) => MerkleProof.ProvesInclusion(path, (ulong)at, (ulong)of, leaf, root);

                Holds(proof, index, size, leaves[index]).ShouldBeTrue($"{index} of {size}");
                Holds(proof, index, size, Changed(leaves[index])).ShouldBeFalse();
                Holds([.. proof, root], index, size, leaves[index]).ShouldBeFalse();
                if (size > 1) Holds(proof, (index + 1) % size, size, leaves[index]).ShouldBeFalse();
                for (var i = 0; i < proof.Count; i++) Holds([.. proof.Select((hash, n) => n == i ? Changed(hash) : hash)], index, size, leaves[index]).ShouldBeFalse();
                if (proof.Count > 0) Holds([.. proof.Skip(1)], index, size, leaves[index]).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Every_small_tree_grew_out_of_every_smaller_one_and_out_of_no_other()
    {
        var all = Many(40);
        for (var second = 1; second <= all.Count; second++)
            for (var first = 1; first <= second; first++)
            {
                var (former, later) = (Root(all.Take(first).ToList()), Root(all.Take(second).ToList()));
                var proof = Proof(all, MerkleProof.Consistency((ulong)first, (ulong)second));
                bool Holds(IReadOnlyList<Hash32> path, Hash32 one, Hash32 other) => MerkleProof.ProvesConsistency(path, (ulong)first, (ulong)second, one, other);

                Holds(proof, former, later).ShouldBeTrue($"{first} in {second}");
                Holds(proof, Changed(former), later).ShouldBeFalse($"{first} in {second}");
                Holds(proof, former, Changed(later)).ShouldBeFalse($"{first} in {second}");
                Holds([.. proof, later], former, later).ShouldBeFalse();
                for (var i = 0; i < proof.Count; i++) Holds([.. proof.Select((hash, n) => n == i ? Changed(hash) : hash)], former, later).ShouldBeFalse();
            }
    }

    [Fact]
    public void A_leaf_is_not_a_node()
    {
        var leaves = Many(2);
        MerkleHash.Leaf([.. leaves[0].ToArray(), .. leaves[1].ToArray()]).ShouldNotBe(MerkleHash.Node(leaves[0], leaves[1]));
    }

    private static List<Hash32> Leaves(int size) => [.. Entries.Take(size).Select(entry => MerkleHash.Leaf(Convert.FromHexString(entry)))];

    private static List<Hash32> Many(int count) => [.. Enumerable.Range(0, count).Select(n => MerkleHash.Leaf([(byte)n]))];

    /// <summary>The definition of section 2.1, word for word.</summary>
    private static Hash32 Root(IReadOnlyList<Hash32> leaves)
    {
        MerkleHash.Root(leaves).ShouldBe(Defined(leaves));
        return Defined(leaves);

        static Hash32 Defined(IReadOnlyList<Hash32> d)
        {
            if (d.Count == 1) return d[0];
            var k = 1;
            while (k * 2 < d.Count) k *= 2;
            return MerkleHash.Node(Defined([.. d.Take(k)]), Defined([.. d.Skip(k)]));
        }
    }

    private static List<Hash32> Proof(IReadOnlyList<Hash32> leaves, IReadOnlyList<LeafRange> ranges) =>
        [.. ranges.Select(range => Root([.. leaves.Skip((int)range.Begin).Take((int)range.Length)]))];

    private static Hash32 Changed(Hash32 hash)
    {
        var bytes = hash.ToArray();
        bytes[31] ^= 1;
        return new Hash32(bytes);
    }

    private static Hash32 Hash(string hex) => Hash32.Parse("0x" + hex);
}
