using Xunit.Abstractions;

namespace Farm.Tests.Drills.Answers;

/// <summary>The short form of the drill.</summary>
public sealed class AnswersDrillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Requests_whose_answers_are_lost_have_one_effect_when_they_are_repeated() =>
        Assert.Empty(await AnswersDrill.RunAsync(new AnswersPlan(TimeSpan.FromSeconds(6), Seed: 1130, Clients: 20), output.WriteLine).WaitAsync(TimeSpan.FromMinutes(10)));
}
