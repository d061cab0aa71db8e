namespace Farm.Server.JobTypes.OpenJobDescription.Spaces;

/// <summary>How task parameters are combined (Open Job Description 2023-09, section 3.4.3).</summary>
internal abstract record Combination
{
    /// <summary>The values of one parameter.</summary>
    public sealed record Parameter(string Name) : Combination;

    /// <summary>The Cartesian product; the last factor varies fastest.</summary>
    public sealed record Product(IReadOnlyList<Combination> Factors) : Combination;

    /// <summary>Pairs the values of all members by index.</summary>
    public sealed record Association(IReadOnlyList<Combination> Members) : Combination;

    /// <summary>The names of the parameters, in order.</summary>
    public IEnumerable<string> Names => this switch
    {
        Parameter parameter => [parameter.Name],
        Product product => product.Factors.SelectMany(factor => factor.Names),
        Association association => association.Members.SelectMany(member => member.Names),
        _ => [],
    };

    /// <summary>The product of all parameters, for a space without an expression.</summary>
    public static Combination OfAll(IEnumerable<string> names) => new Product([.. names.Select(name => new Parameter(name))]);
}
