using System.Collections.Concurrent;
using System.Reflection;

namespace Farm.Tests.Support;

/// <summary>The types that a type refers to, from its compiled code: bases, attributes, signatures, fields and bodies.</summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Type>> Known = new();

    /// <summary>The distinct types that a type refers to, without itself.</summary>
    public static IReadOnlyList<Type> Of(Type type) => Known.GetOrAdd(type, Read);

    /// <summary>Whether a namespace is the folder or below it.</summary>
    public static bool IsBelow(string? name, string folder) =>
        name == folder || name?.StartsWith(folder + ".", StringComparison.Ordinal) == true;

    private static IReadOnlyList<Type> Read(Type type) =>
        [.. Named(type).OfType<Type>().SelectMany(Parts).Where(other => other != type).Distinct()];

    private static IEnumerable<Type?> Named(Type type) => new[] { type.BaseType }
        .Concat(type.GetInterfaces())
        .Concat(type.IsGenericType ? type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()) : [])
        .Concat(InAttributes(type))
        .Concat(type.GetProperties(Declared).SelectMany(InAttributes))
        .Concat(type.GetEvents(Declared).SelectMany(InAttributes))
        .Concat(type.GetFields(Declared).SelectMany(field => InAttributes(field).Append(field.FieldType)))
        .Concat(type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)).SelectMany(InMethod));

    private static IEnumerable<Type?> InMethod(MethodBase method) => method.GetParameters()
        .SelectMany(parameter => InAttributes(parameter).Append(parameter.ParameterType))
        .Concat(InAttributes(method))
        .Append((method as MethodInfo)?.ReturnType)
        .Concat(method.IsGenericMethod ? method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()) : [])
        .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [])
        .Concat(method.GetMethodBody()?.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType) ?? [])
        .Concat(MethodCode.Named(method));

    private static IEnumerable<Type> InAttributes(MemberInfo member) => member.GetCustomAttributesData().SelectMany(InAttribute);

    private static IEnumerable<Type> InAttributes(ParameterInfo parameter) => parameter.GetCustomAttributesData().SelectMany(InAttribute);

    private static IEnumerable<Type> InAttribute(CustomAttributeData attribute) => attribute.ConstructorArguments
        .Concat(attribute.NamedArguments.Select(named => named.TypedValue))
        .SelectMany(InArgument).Append(attribute.AttributeType);

    private static IEnumerable<Type> InArgument(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [type],
        IEnumerable<CustomAttributeTypedArgument> many => many.SelectMany(InArgument),
        _ => argument.ArgumentType.IsEnum ? [argument.ArgumentType] : [],
    };

    /// <summary>The element types of arrays and the arguments of generic types.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}
