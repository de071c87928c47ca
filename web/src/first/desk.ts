import said from 'said:desk'
import Page from '../features/desk/Page.svelte'
import { write } from './write'

write(Page, said)
