import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";

/** The one accent: a quiet petrol, far enough from red, amber and green to leave those to risk alone. */
const marine: MantineColorsTuple = [
  "#eff9fd",
  "#ddf1f9",
  "#bce2f2",
  "#93cee7",
  "#67b9d9",
  "#3f9bbe",
  "#227e9d",
  "#12627d",
  "#0b4c62",
  "#063645",
];
const gray: MantineColorsTuple = [
  "#f8fafb",
  "#f1f4f6",
  "#e6eaed",
  "#dce0e3",
  "#c9ced2",
  "#8a9095",
  "#666c70",
  "#4b5155",
  "#30353a",
  "#171b1e",
];
const dark: MantineColorsTuple = [
  "#e5eaee",
  "#c3c8cc",
  "#9a9fa3",
  "#7f858a",
  "#3a4045",
  "#262b2f",
  "#1c2125",
  "#14181b",
  "#0e1215",
  "#080b0d",
];
const red: MantineColorsTuple = [
  "#fff3f2",
  "#ffe6e2",
  "#ffccc6",
  "#feaba1",
  "#f8877b",
  "#e8594f",
  "#c93531",
  "#a2211f",
  "#7e1a18",
  "#581412",
];
const yellow: MantineColorsTuple = [
  "#fff5ea",
  "#ffe9d1",
  "#ffd2a2",
  "#f7b56a",
  "#e69a3b",
  "#c67c0c",
  "#9a5f06",
  "#7d4d05",
  "#623b04",
  "#452903",
];
const green: MantineColorsTuple = [
  "#effaf2",
  "#dbf4e3",
  "#bae8c8",
  "#91d7a9",
  "#6cc28c",
  "#49a46e",
  "#2a7f4f",
  "#206940",
  "#195131",
  "#113922",
];

/** Heights and type of controls, in pixels: everything stands on the 4-px grid. */
const controls: Record<string, { height: number; text: number; padding: number }> = {
  xs: { height: 28, text: 13, padding: 10 },
  sm: { height: 32, text: 14, padding: 12 },
  md: { height: 40, text: 15, padding: 16 },
  lg: { height: 48, text: 16, padding: 20 },
  xl: { height: 56, text: 17, padding: 24 },
};
const rem = (pixels: number) => `calc(${pixels / 16}rem * var(--mantine-scale))`;
const control = (size: unknown) =>
  controls[typeof size === "string" ? size : "sm"] ?? { height: 32, text: 14, padding: 12 };

/** Lists that drop down scroll by themselves: the combobox owns their keyboard, as assistive technology expects. */
const listBox = {
  defaultProps: { withScrollArea: false },
  styles: { options: { maxHeight: rem(280), overflowY: "auto" } },
};

const theme = createTheme({
  primaryColor: "marine",
  primaryShade: { light: 7, dark: 6 },
  colors: { marine, gray, dark, red, yellow, green },
  white: "#ffffff",
  black: "#171b1e",
  fontFamily: "var(--ms-font)",
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', var(--ms-font), monospace",
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(18) },
  lineHeights: { xs: "1.3334", sm: "1.5385", md: "1.4286", lg: "1.5", xl: "1.5556" },
  headings: {
    fontFamily: "var(--ms-font)",
    fontWeight: "600",
    textWrap: "pretty",
    sizes: {
      h1: { fontSize: rem(24), lineHeight: rem(32) },
      h2: { fontSize: rem(18), lineHeight: rem(24) },
      h3: { fontSize: rem(16), lineHeight: rem(24) },
      h4: { fontSize: rem(14), lineHeight: rem(20) },
      h5: { fontSize: rem(13), lineHeight: rem(20) },
      h6: { fontSize: rem(12), lineHeight: rem(16) },
    },
  },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  radius: { xs: rem(3), sm: rem(4), md: rem(6), lg: rem(8), xl: rem(16) },
  defaultRadius: "md",
  shadows: {
    xs: "none",
    sm: "var(--ms-shadow)",
    md: "var(--ms-shadow)",
    lg: "var(--ms-shadow)",
    xl: "var(--ms-shadow)",
  },
  respectReducedMotion: true,
  cursorType: "pointer",
  focusRing: "auto",
  components: {
    Button: {
      defaultProps: { size: "sm" },
      vars: (_theme: unknown, props: { size?: unknown }) => {
        const { height, text, padding } = control(props.size);
        return {
          root: { "--button-height": rem(height), "--button-fz": rem(text), "--button-padding-x": rem(padding) },
        };
      },
      styles: { label: { fontWeight: 500 } },
    },
    ActionIcon: {
      defaultProps: { variant: "subtle", color: "gray", size: "md" },
      vars: (_theme: unknown, props: { size?: unknown }) => {
        const sizes: Record<string, number> = { xs: 24, sm: 28, md: 32, lg: 40, xl: 48 };
        const pixels = sizes[typeof props.size === "string" ? props.size : ""];
        return { root: pixels === undefined ? {} : { "--ai-size": rem(pixels) } };
      },
    },
    Input: {
      defaultProps: { size: "sm" },
      vars: (_theme: unknown, props: { size?: unknown }) => {
        const { height, text, padding } = control(props.size);
        return {
          wrapper: { "--input-height": rem(height), "--input-fz": rem(text), "--input-padding": rem(padding - 2) },
        };
      },
    },
    InputWrapper: {
      defaultProps: { size: "sm", inputWrapperOrder: ["label", "description", "input", "error"] },
      styles: {
        label: { fontWeight: 500, marginBottom: 4 },
        description: { marginBottom: 4, color: "var(--ms-text-dim)", fontSize: rem(13), lineHeight: rem(20) },
      },
    },
    Select: listBox,
    MultiSelect: listBox,
    Autocomplete: listBox,
    TagsInput: listBox,
    Checkbox: {
      defaultProps: { size: "xs" },
      styles: { body: { alignItems: "center" }, label: { fontSize: rem(14), lineHeight: rem(20) } },
    },
    Switch: { defaultProps: { size: "sm" } },
    SegmentedControl: { defaultProps: { size: "sm" } },
    Tabs: { defaultProps: { keepMounted: false } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 12 } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, position: "bottom", multiline: true } },
    Menu: { defaultProps: { shadow: "md", withinPortal: true, position: "bottom-end", offset: 4 } },
    Popover: { defaultProps: { shadow: "md", offset: 4 } },
    Modal: {
      defaultProps: { centered: false, yOffset: "12vh", overlayProps: { backgroundOpacity: 0.32 }, radius: "lg" },
    },
    Drawer: { defaultProps: { position: "right", size: 480, overlayProps: { backgroundOpacity: 0.32 } } },
    NavLink: { defaultProps: { variant: "light" } },
    Pill: { defaultProps: { size: "sm" } },
    Loader: { defaultProps: { type: "oval", size: 20 } },
    Skeleton: { defaultProps: { radius: "sm" } },
    Anchor: { defaultProps: { underline: "hover" } },
  },
});

/** Mantine's own variables that have to follow our contrast: dimmed text, borders, placeholders, errors. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#666c70",
    "--mantine-color-placeholder": "#6d7378",
    "--mantine-color-default-border": "#c9ced2",
    "--mantine-color-error": "#c93531",
    "--mantine-color-anchor": "#12627d",
  },
  dark: {
    "--mantine-color-dimmed": "#9a9fa3",
    "--mantine-color-placeholder": "#858b90",
    "--mantine-color-default-border": "#3a4045",
    "--mantine-color-error": "#f8877b",
    "--mantine-color-anchor": "#67b9d9",
    "--mantine-color-body": "#14181b",
  },
});

/** The theme with the few words that Mantine says by itself. */
export function themeWith(close: string): MantineThemeOverride {
  const closing = { closeButtonProps: { "aria-label": close } };
  const dialog = (name: "Modal" | "Drawer") => ({
    ...theme.components?.[name],
    defaultProps: { ...theme.components?.[name]?.defaultProps, ...closing },
  });
  return {
    ...theme,
    components: {
      ...theme.components,
      Modal: dialog("Modal"),
      Drawer: dialog("Drawer"),
      Notification: { defaultProps: closing },
    },
  };
}
