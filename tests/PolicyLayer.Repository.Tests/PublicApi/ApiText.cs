using System.Globalization;
using System.Reflection;

namespace PolicyLayer.Repository.Tests.PublicApi;

/// <summary>The public types and members of an assembly, as a text that a reviewer reads.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) =>
        string.Join("\n\n", assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal).Select(Type)) + "\n";

    private static string Type(Type type)
    {
        IEnumerable<string> members = type.IsEnum
            ? Enum.GetNames(type).Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}"))
            : type.GetMembers(Declared).Select(Member).OfType<string>().Order(StringComparer.Ordinal);
        return string.Join("\n    ", [$"{Kind(type)} {type.Namespace}.{TypeText.Of(type)}{Bases(type)}", .. members]);
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => type.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute)) ? "readonly struct" : "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        IEnumerable<Type> interfaces = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []);
        Type[] all = [.. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) ? [parent] : (Type[])[], .. type.IsEnum ? [] : interfaces];
        return all.Length == 0 ? string.Empty : " : " + string.Join(", ", all.Select(TypeText.Of).Order(StringComparer.Ordinal));
    }

    private static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsSeen(constructor) && !constructor.IsStatic => $"{Access(constructor)}{TypeText.Of(constructor.DeclaringType!)}({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) => Method(method),
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsSeen) => Property(property),
        FieldInfo field when field.IsPublic || field.IsFamily => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static readonly " : string.Empty)}{TypeText.Of(field)} {field.Name}{(field.IsLiteral ? $" = {TypeText.Value(field.GetRawConstantValue())}" : string.Empty)}",
        EventInfo { AddMethod: { } add } added when IsSeen(add) => $"event {TypeText.Of(added.EventHandlerType!)} {added.Name}",
        _ => null,
    };

    private static string Method(MethodInfo method)
    {
        string generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>" : string.Empty;
        string modifier = method.IsStatic ? "static " : method.GetBaseDefinition() != method ? "override " : method is { IsVirtual: true, IsFinal: false } && method.DeclaringType is { IsInterface: false } ? "virtual " : string.Empty;
        string extension = method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute)) ? "this " : string.Empty;
        return $"{Access(method)}{modifier}{TypeText.Of(method.ReturnParameter)} {method.Name}{generic}({extension}{Parameters(method)})";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo one = property.GetAccessors(nonPublic: true).First(IsSeen);
        string get = property.GetMethod is { } getter && IsSeen(getter) ? "get; " : string.Empty;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)) == true;
        string set = property.SetMethod is { } setter && IsSeen(setter) ? isInit ? "init; " : "set; " : string.Empty;
        string index = property.GetIndexParameters().Length == 0 ? property.Name : $"this[{string.Join(", ", property.GetIndexParameters().Select(TypeText.Parameter))}]";
        return $"{Access(one)}{(one.IsStatic ? "static " : string.Empty)}{TypeText.Of(property)} {index} {{ {get}{set}}}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(TypeText.Parameter));

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? string.Empty : "protected ";
}
