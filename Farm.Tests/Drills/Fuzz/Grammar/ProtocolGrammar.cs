namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>What valid requests of a protocol look like.</summary>
internal abstract class ProtocolGrammar
{
    /// <summary>The name of the protocol; empty for pages and files.</summary>
    public abstract string Protocol { get; }

    /// <summary>Valid requests.</summary>
    public abstract IReadOnlyList<Sample> Samples { get; }

    /// <summary>Makes anew what requests of this protocol are about, as the last round may have removed it.</summary>
    /// <param name="farm">The farm.</param>
    /// <param name="things">Takes the names of what was made.</param>
    /// <param name="round">Tells the names of this round from earlier ones.</param>
    public virtual Task PrepareAsync(FuzzTarget farm, Things things, int round) => Task.CompletedTask;
}
