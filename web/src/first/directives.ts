import said from 'said:directives'
import Page from '../features/directives/Page.svelte'
import { write } from './write'

write(Page, said)
