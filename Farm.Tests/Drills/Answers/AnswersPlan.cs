namespace Farm.Tests.Drills.Answers;

/// <summary>How the drill runs.</summary>
/// <param name="Length">How long answers are lost.</param>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="Clients">Number of fake clients.</param>
internal sealed record AnswersPlan(TimeSpan Length, int Seed, int Clients);
