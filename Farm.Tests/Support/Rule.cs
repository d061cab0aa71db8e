using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Support;

/// <summary>Checks properties with generated values. The error message has the counterexample and the seed.</summary>
internal static class Rule
{
    /// <summary>Fails unless the rule holds (does not throw) for all generated values.</summary>
    /// <param name="values">Generates the values.</param>
    /// <param name="rule">Asserts the property.</param>
    public static void HoldsFor<T>(Arbitrary<T> values, Action<T> rule) => Prop.ForAll(values, rule).QuickCheckThrowOnFailure();

    /// <inheritdoc cref="HoldsFor{T}(Arbitrary{T}, Action{T})"/>
    public static void HoldsFor<T>(Gen<T> values, Action<T> rule) => HoldsFor(values.ToArbitrary(), rule);
}
