using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm.Tests.Differential;

/// <summary>Certificates, good ones and damaged ones.</summary>
internal sealed class CertificateQuestions : IDisposable
{
    private static readonly AbiFunction Quorum =
        new("quorum(address[],uint8,uint32,bool,bytes32,uint64,bytes32,(uint64,uint256,bytes))");

    private readonly List<LocalSigner> _signers;

    public CertificateQuestions(Dice dice) =>
        _signers = [.. Enumerable.Range(0, 300).Select(_ => LocalSigner.FromPrivateKey(dice.Hash().ToArray())).OrderBy(signer => signer.Address)];

    public Question Ask(Dice dice, Eip712Domain here)
    {
        var members = Some(dice, _signers, dice.OneIn(300) ? 200 + dice.Below(56) : 1 + dice.Below(dice.OneIn(10) ? 20 : 7));
        var least = ValidatorSet.MinimumThreshold(members.Count);
        var epoch = new Epoch(1 + (ulong)dice.Number(31));
        var set = new ValidatorSet(epoch, [.. members.Select(member => member.Address)], dice.OneIn(3) ? least + dice.Below(members.Count - least + 1) : least);
        var checkpoint = new Checkpoint(dice.Hash(), new Sequence(dice.Number64()), dice.Hash());

        var draft = new CertificateDraft(dice, members, _signers, checkpoint.Digest(here, epoch), epoch, Some(dice, [.. Enumerable.Range(0, members.Count)], set.Threshold));
        for (var damages = dice.Below(3); damages > 0; damages--) draft.Damage();
        var certificate = draft.Finish();

        var call = Quorum.Encode(set.Members.ToArray(), set.Threshold, epoch.Value, dice.OneIn(2), checkpoint.LaneId, checkpoint.Sequence.Value, checkpoint.RollingHash,
            new object[] { certificate.Epoch.Value, certificate.Signers, certificate.Signatures });
        var verdict = CertificateCheck.Judge(certificate, checkpoint, here, set).ToString();
        return new Question($"certificate {verdict}", call, verdict, answer => answer.Read(Quorum, _ => "Ok"));
    }

    public void Dispose() => _signers.ForEach(signer => signer.Dispose());

    /// <summary>As many of them, in the same order.</summary>
    private static List<T> Some<T>(Dice dice, List<T> all, int count)
    {
        var chosen = new List<T>(count);
        for (var i = 0; i < all.Count; i++)
            if (dice.Below(all.Count - i) < count - chosen.Count) chosen.Add(all[i]);
        return chosen;
    }
}

/// <summary>A certificate on its way to being presented: signed by the members at some positions, then damaged.</summary>
internal sealed class CertificateDraft
{
    private static readonly BigInteger Order = BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", System.Globalization.NumberStyles.HexNumber);

    private readonly Dice _dice;
    private readonly List<LocalSigner> _members;
    private readonly List<LocalSigner> _anybody;
    private readonly Hash32 _digest;
    private readonly List<byte[]> _signatures;
    private readonly ulong _signedEpoch;
    private BigInteger _signers;
    private ulong _epoch;

    public CertificateDraft(Dice dice, List<LocalSigner> members, List<LocalSigner> anybody, Hash32 digest, Epoch epoch, List<int> positions)
    {
        (_dice, _members, _anybody, _digest, _signedEpoch, _epoch) = (dice, members, anybody, digest, epoch.Value, epoch.Value);
        _signatures = [.. positions.Select(position => members[position].Sign(digest).ToArray())];
        _signers = positions.Aggregate(BigInteger.Zero, (bits, position) => bits | (BigInteger.One << position));
    }

    public Certificate Finish() => new(new Epoch(_epoch), _signers, [.. _signatures.SelectMany(signature => signature)]);

    public void Damage()
    {
        var at = _dice.Below(_signatures.Count + 1);
        if (at == _signatures.Count || _dice.OneIn(4)) DamageTheWhole();
        else if (_signatures[at].Length == CompactSignature.Length) DamageOne(at);
    }

    private void DamageTheWhole()
    {
        switch (_dice.Below(9))
        {
            case 0: _epoch = _dice.Pick<ulong>(0, _signedEpoch - 1, _signedEpoch + 1, _signedEpoch + (1UL << 32), ulong.MaxValue); break;
            case 1: _signers ^= Bit(); break;
            case 2: _signers ^= BigInteger.One << _dice.Below(256); break;
            case 3: _signers ^= Bit() ^ Bit(); break;
            case 4: _signatures.Reverse(); break;
            case 5: _signatures.Add(Sign(_dice.Pick<LocalSigner>([.. _members]))); break;
            case 6: _signatures.Add(_dice.Bytes(_dice.Below(130))); break;
            case 7: _signers = _dice.Pick(BigInteger.Zero, (BigInteger.One << 256) - 1); break;
            default: if (_signatures.Count > 0) _signatures.RemoveAt(_dice.Below(_signatures.Count)); break;
        }
    }

    private void DamageOne(int at)
    {
        var signature = _signatures[at];
        switch (_dice.Below(11))
        {
            case 0: signature[_dice.Below(64)] ^= (byte)(1 << _dice.Below(8)); break;
            case 1: signature[32] ^= 0x80; break;
            case 2 or 3: _signatures[at] = Sign(_dice.Pick<LocalSigner>([.. _members])); break;
            case 9: _signatures[at] = Sign(_dice.Pick<LocalSigner>([.. _anybody])); break;
            case 4: _signatures[at] = _members[_dice.Below(_members.Count)].Sign(_dice.Hash()).ToArray(); break;
            case 5: _signatures[at] = [.. _signatures[_dice.Below(_signatures.Count)]]; break;
            case 6: _signatures[at] = _dice.Bytes(64); break;
            case 7: _signatures[at] = signature[.._dice.Below(64)]; break;
            // The ends of what r and s may be.
            case 8: Edge().CopyTo(signature, 0); break;
            default: Edge().CopyTo(signature, 32); break;
        }
    }

    private byte[] Sign(LocalSigner signer) => signer.Sign(_digest).ToArray();

    private BigInteger Bit() => BigInteger.One << _dice.Below(_members.Count);

    private byte[] Edge() =>
        AbiInt.Word(_dice.Pick<BigInteger>(0, 1, (Order / 2) - 1, Order / 2, (Order / 2) + 1, Order - 1, Order, (BigInteger.One << 255) - 1, BigInteger.One << 255, (BigInteger.One << 256) - 1));
}
