using System.Text;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>What came back for a request.</summary>
/// <param name="Outcome">How the exchange ended.</param>
/// <param name="Status">The status; 0 without an answer.</param>
/// <param name="Head">The lines of the head.</param>
/// <param name="Body">The body, without chunks.</param>
internal sealed record FuzzAnswer(Outcome Outcome, int Status, string Head, byte[] Body)
{
    /// <summary>No answer.</summary>
    public static FuzzAnswer Without(Outcome outcome) => new(outcome, 0, "", []);

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The value of a header; empty without it.</summary>
    public string Header(string name) => Head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";
}

/// <summary>How an exchange ended.</summary>
internal enum Outcome
{
    /// <summary>With a whole answer.</summary>
    Answered,

    /// <summary>The server closed the connection without an answer.</summary>
    Closed,

    /// <summary>The server closed the connection within the answer.</summary>
    Partial,

    /// <summary>Nothing within the bound.</summary>
    TimedOut,
}
