namespace Farm.Server.JobTypes.OpenJobDescription.Spaces;

/// <summary>How task parameters are combined (Open Job Description 2023-09, section 3.4.3).</summary>
internal abstract record Combination
{
    /// <summary>The values of one parameter.</summary>
    public sealed record Parameter(string Name) : Combination;

    /// <summary>Every choice of one from each; the last goes fastest.</summary>
    public sealed record Product(IReadOnlyList<Combination> Factors) : Combination;

    /// <summary>The first of each, the second of each, and so on.</summary>
    public sealed record Association(IReadOnlyList<Combination> Members) : Combination;

    /// <summary>The names of parameters in it, in order.</summary>
    public IEnumerable<string> Names => this switch
    {
        Parameter parameter => [parameter.Name],
        Product product => product.Factors.SelectMany(factor => factor.Names),
        Association association => association.Members.SelectMany(member => member.Names),
        _ => [],
    };

    /// <summary>The product of all, for a space that has no expression.</summary>
    public static Combination OfAll(IEnumerable<string> names) => new Product([.. names.Select(name => new Parameter(name))]);
}
