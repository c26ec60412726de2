import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import HomeLayout from './HomeLayout.vue';
import LiveExample from './LiveExample.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  Layout: HomeLayout,
  enhanceApp({ app }) {
    app.component('LiveExample', LiveExample);
  },
} satisfies Theme;
