using Bridge.Core;
using Bridge.Relayer.Attest;
using Bridge.SystemTests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.SystemTests;

/// <summary>The file that keeps a validator from signing twice, whatever its database forgot.</summary>
public sealed class SigningJournalTests : IDisposable
{
    private static readonly Sequence Five = new(5);
    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-journal-").FullName;

    private string File_ => Path.Combine(_folder, "validator.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SigningJournal Open() => new(File_, NullLogger.Instance);

    private static Hash32 Hash(byte n) => new([n, .. new byte[31]]);

    private void Write(params byte[] hashes)
    {
        using var journal = Open();
        for (var i = 0; i < hashes.Length; i++) journal.Record(Hash(1), new Sequence((ulong)i + 1), Hash(hashes[i])).ShouldBe(SigningVerdict.Fresh);
    }

    [Fact]
    public void A_second_rolling_hash_is_refused_also_by_the_next_process()
    {
        using (var journal = Open())
        {
            journal.Record(Hash(1), Five, Hash(7)).ShouldBe(SigningVerdict.Fresh);
            journal.Record(Hash(1), Five, Hash(7)).ShouldBe(SigningVerdict.Same);
            journal.Record(Hash(1), Five, Hash(8)).ShouldBe(SigningVerdict.Conflict);
            journal.Record(Hash(2), Five, Hash(8)).ShouldBe(SigningVerdict.Fresh);
        }
        using var next = Open();
        next.Record(Hash(1), Five, Hash(8)).ShouldBe(SigningVerdict.Conflict);
        next.Find(Hash(1), Five).ShouldBe(Hash(7));
        next.Count.ShouldBe(2);
    }

    [Fact]
    public void Two_processes_do_not_hold_it_at_once()
    {
        using var held = Open();
        Should.Throw<JournalException>(Open).Message.ShouldContain("another one running with this key");
    }

    [Fact]
    public void A_last_line_that_a_crash_tore_is_cut_off_and_what_follows_is_whole()
    {
        Write(7, 8);
        var text = System.IO.File.ReadAllText(File_);
        for (var lost = 1; lost < text.Length / 2; lost += 13)
        {
            System.IO.File.WriteAllText(File_, text[..^lost]);
            using (var journal = Open())
            {
                journal.Count.ShouldBe(1);
                journal.Record(Hash(1), new Sequence(2), Hash(9)).ShouldBe(SigningVerdict.Fresh);
            }
            using var again = Open();
            again.Find(Hash(1), new Sequence(2)).ShouldBe(Hash(9));
        }
    }

    [Fact]
    public void Any_other_damage_stops_the_start()
    {
        Write(7, 8, 9);
        var bytes = System.IO.File.ReadAllBytes(File_);
        for (var place = 0; place < bytes.Length / 3; place += 7)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= 1;
            System.IO.File.WriteAllBytes(File_, damaged);
            Should.Throw<JournalException>(Open).Message.ShouldContain("line 1");
        }
    }

    [Fact]
    public async Task A_disk_that_is_full_leaves_the_journal_whole_and_signs_nothing()
    {
        var small = Path.Combine(_folder, "small");
        Directory.CreateDirectory(small);
        await ChildProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=8k", "tmpfs", small]);
        try
        {
            var path = Path.Combine(small, "validator.journal");
            var written = 0;
            using (var journal = new SigningJournal(path, NullLogger.Instance))
            {
                // Entries of about 150 bytes, two pages of 4096: some of them fit, and the last write is torn in the middle of a line.
                var full = Should.Throw<JournalException>(() =>
                {
                    for (; written < 100; written += 3) journal.Record([Entry(written), Entry(written + 1), Entry(written + 2)]);
                });
                full.Message.ShouldContain("cannot be written");
                journal.Count.ShouldBe(written);
                Should.Throw<JournalException>(() => journal.Record([Entry(written), Entry(written + 1), Entry(written + 2)]));
            }
            written.ShouldBeInRange(3, 99);

            using (var again = new SigningJournal(path, NullLogger.Instance)) again.Count.ShouldBe(written);
            new FileInfo(path).Length.ShouldBe(System.IO.File.ReadAllLines(path).Sum(line => line.Length + 1));
        }
        finally
        {
            await ChildProcess.RunAsync("umount", ["-l", small]);
        }

        static Checkpoint Entry(int n) => new(Hash(1), new Sequence((ulong)n + 1), Hash(2));
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Write(7);
        if (!OperatingSystem.IsWindows()) System.IO.File.GetUnixFileMode(File_).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
