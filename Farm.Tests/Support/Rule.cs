using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Support;

/// <summary>Checks rules with made-up values. A failure's message names the counterexample and the seed.</summary>
internal static class Rule
{
    /// <summary>Fails unless the rule holds (does not throw) for all values that were tried.</summary>
    /// <param name="values">Makes the values.</param>
    /// <param name="rule">Asserts what must hold.</param>
    public static void HoldsFor<T>(Arbitrary<T> values, Action<T> rule) => Prop.ForAll(values, rule).QuickCheckThrowOnFailure();

    /// <inheritdoc cref="HoldsFor{T}(Arbitrary{T}, Action{T})"/>
    public static void HoldsFor<T>(Gen<T> values, Action<T> rule) => HoldsFor(values.ToArbitrary(), rule);
}
