using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;

namespace Farm.Tests.Operations.Audit;

/// <summary>A flood of refusals writes few rows, and none of it is lost from the numbers.</summary>
public sealed class RepeatCounterTests
{
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;

    [Fact]
    public void The_first_of_equal_refusals_is_written_at_once_and_the_others_as_a_number()
    {
        var counter = new RepeatCounter(RepeatLimits.Refusals);
        Assert.NotNull(counter.Take(Refusal(0)));
        for (var i = 0; i < 41; i++) Assert.Null(counter.Take(Refusal(i)));
        Assert.Empty(counter.Due(Minute - 1));
        var due = Assert.Single(counter.Due(Minute));
        Assert.Equal((41, Minute, "job.delete"), (due.Times, due.At, due.Verb));
        Assert.Empty(counter.Due(Minute));
    }

    [Fact]
    public void Who_repeats_the_same_for_a_day_writes_one_row_an_hour()
    {
        var counter = new RepeatCounter(RepeatLimits.Refusals);
        var (rows, counted) = (0, 0L);
        for (var now = 0L; now < Day; now += 1000)
        {
            Write(counter.Take(Refusal(now)));
            foreach (var due in counter.Due(now)) Write(due);
        }

        foreach (var rest in counter.Rest(Day)) Write(rest);
        Assert.Equal(Day / 1000, counted);
        Assert.InRange(rows, 24, 35);

        void Write(AuditEntry? entry)
        {
            if (entry is null) return;
            rows++;
            counted += entry.Times;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void A_flood_of_different_refusals_is_bounded_and_counted(int addresses)
    {
        var counter = new RepeatCounter(RepeatLimits.Refusals);
        var (rows, counted) = (0, 0L);
        const int Flood = 200_000;
        for (var i = 0; i < Flood; i++)
        {
            var now = Day * i / Flood;
            var entry = counter.Take(Refusal(now, $"10.0.{i % addresses / 256}.{i % addresses % 256}", $"job {i}"));
            if (entry is not null) Write(entry);
            foreach (var due in counter.Due(now)) Write(due);
        }

        foreach (var rest in counter.Rest(Day)) Write(rest);
        Assert.Equal(Flood, counted);
        Assert.InRange(rows, 1, 10_000);

        void Write(AuditEntry entry)
        {
            rows++;
            counted += entry.Times;
        }
    }

    [Fact]
    public void A_flood_from_one_address_hides_no_refusal_of_another()
    {
        var counter = new RepeatCounter(RepeatLimits.Refusals);
        for (var i = 0; i < 10_000; i++) counter.Take(Refusal(0, "10.0.0.7", $"job {i}"));
        var other = counter.Take(Refusal(0, "10.0.0.8"));
        Assert.Equal(("10.0.0.8", "job.delete"), (other?.Address, other?.Verb));
    }

    [Fact]
    public void What_only_the_number_is_known_of_says_so()
    {
        var counter = new RepeatCounter(RepeatLimits.Refusals);
        AuditEntry? last = null;
        for (var i = 0; i <= RepeatLimits.Refusals.PerAddress; i++) last = counter.Take(Refusal(0, "10.0.0.7", $"job {i}"));
        Assert.Equal((AuditVerb.ManyRefusals, "10.0.0.7", "many different ones from this address"), (last?.Verb, last?.Address, last?.Refusal));
    }

    [Fact]
    public void A_sign_in_by_right_is_never_called_a_refusal()
    {
        var counter = new RepeatCounter(RepeatLimits.SignIns);
        var entries = Enumerable.Range(0, 2000).Select(i => counter.Take(Refusal(0, "10.0.0.7") with { Verb = AuditVerb.SignIn, Refusal = null, Who = $"person {i}" }));
        Assert.All(entries.OfType<AuditEntry>(), entry => Assert.Equal((AuditVerb.SignIn, null), (entry.Verb, entry.Refusal)));
    }

    private static AuditEntry Refusal(long at, string address = "10.0.0.7", string target = "job") => new()
    {
        At = at,
        Who = "",
        Address = address,
        Via = "flamenco",
        Verb = AuditVerb.DeleteJob,
        Target = new AuditTarget("job", "", target),
        Refusal = "not yours",
    };
}
